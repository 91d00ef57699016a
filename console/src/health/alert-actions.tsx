import { Button, Group } from "@mantine/core";
import { HealthAcknowledge, type HealthAlert } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";

const REFRESH = ["health", "audit"];

/** What a person can do: say that somebody looks after it, that it is the new normal, that nothing is to be told of it for a while. */
export function AlertActions({ alert }: { readonly alert: HealthAlert }) {
  const { t } = useTranslation("health");
  const { can } = useSession();
  const [open, setOpen] = useState<"acknowledge" | "mute" | null>(null);
  const unmute = useChange({
    send: () => api.post(`/health/${alert.id}/mute`, { revision: alert.revision, until: null }),
    refresh: REFRESH,
  });
  if (!can("links.write")) return null;
  const close = () => setOpen(null);
  return (
    <Group gap="xs">
      {alert.mutedUntil === null ? (
        <Button variant="default" onClick={() => setOpen("mute")}>
          {t("mute")}
        </Button>
      ) : (
        <Button variant="default" loading={unmute.isPending} onClick={() => unmute.mutate(undefined)}>
          {t("unmute")}
        </Button>
      )}
      {alert.state === "closed" ? null : <Button onClick={() => setOpen("acknowledge")}>{t("acknowledge")}</Button>}
      <AcknowledgeForm alert={alert} opened={open === "acknowledge"} onClose={close} />
      <MuteForm alert={alert} opened={open === "mute"} onClose={close} />
    </Group>
  );
}

interface FormProps {
  readonly alert: HealthAlert;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function AcknowledgeForm({ alert, opened, onClose }: FormProps) {
  const { t } = useTranslation("health");
  return (
    <FormDialog<HealthAcknowledge, HealthAlert>
      opened={opened}
      onClose={onClose}
      title={t("acknowledge")}
      submit={t("acknowledge")}
      schema={HealthAcknowledge}
      initial={{ revision: alert.revision, note: alert.note, newNormal: false }}
      fields={[
        { kind: "textarea", name: "note", label: t("note"), hint: t("noteHint"), rows: 3 },
        { kind: "switch", name: "newNormal", label: t("newNormal"), hint: t("newNormalHint") },
      ]}
      send={(values) => api.post<HealthAlert>(`/health/${alert.id}/acknowledge`, values)}
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}

const Until = z.object({ until: z.string().min(1) });

function MuteForm({ alert, opened, onClose }: FormProps) {
  const { t } = useTranslation("health");
  return (
    <FormDialog<{ until: string }, HealthAlert>
      opened={opened}
      onClose={onClose}
      title={t("mute")}
      submit={t("mute")}
      schema={Until}
      initial={{ until: "" }}
      fields={[{ kind: "instant", name: "until", label: t("muteUntil"), hint: t("muteHint"), required: true }]}
      send={({ until }) => api.post<HealthAlert>(`/health/${alert.id}/mute`, { revision: alert.revision, until })}
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}
