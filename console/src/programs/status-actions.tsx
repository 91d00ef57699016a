import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { useSession } from "../session/session.tsx";
import { NEXT_STATES, type ProgramState } from "./states.ts";

interface StatusActionsProps {
  readonly record: {
    readonly id: string;
    readonly name: string;
    readonly status: ProgramState;
    readonly revision: number;
  };
  readonly resource: "programs" | "offers";
}

/** The ways on from a program's or offer's state. */
export function StatusActions({ record, resource }: StatusActionsProps) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const [asked, setAsked] = useState<ProgramState | null>(null);
  if (!can("programs.write")) return null;
  return (
    <Group gap="xs">
      {NEXT_STATES[record.status].map((status) => (
        <Button key={status} variant={status === "active" ? "filled" : "default"} onClick={() => setAsked(status)}>
          {t(`move.${status}`)}
        </Button>
      ))}
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t(`move.${asked ?? "active"}`)}
        text={t(`moveText.${asked ?? "active"}`, { name: record.name })}
        action={t(`move.${asked ?? "active"}`)}
        danger={asked === "closed"}
        reason="optional"
        send={(reason) =>
          api.post(`/${resource}/${record.id}/status`, {
            revision: record.revision,
            status: asked,
            ...(reason === "" ? {} : { reason }),
          })
        }
        refresh={[resource, "audit"]}
      />
    </Group>
  );
}
