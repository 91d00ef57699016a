import { Button, Group } from "@mantine/core";
import { ScreeningDecision, type ScreeningHitDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";

const CHOICES = {
  open: ["dismiss", "propose"],
  proposed: ["send-back", "confirm"],
  false_positive: ["reopen"],
  true_match: ["reopen"],
  gone: [],
} as const satisfies Record<ScreeningHitDetail["state"], readonly string[]>;
type Choice = (typeof CHOICES)[keyof typeof CHOICES][number];

const NEEDS_APPROVAL: ReadonlySet<string> = new Set(["confirm", "send-back"]);
const IS_GRAVE: ReadonlySet<string> = new Set(["propose", "confirm"]);

/** What may be said of it now, each with a reason. That it is them needs two people. */
export function HitActions({ hit }: { readonly hit: ScreeningHitDetail }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [open, setOpen] = useState<Choice | null>(null);
  const allowed = (choice: Choice) => {
    const approval = NEEDS_APPROVAL.has(choice) || (choice === "reopen" && hit.state === "true_match");
    return can(approval ? "compliance.approve" : "compliance.write");
  };
  const choices = CHOICES[hit.state].filter(allowed);
  return (
    <Group gap="xs">
      {choices.map((choice) => (
        <Button
          key={choice}
          variant={IS_GRAVE.has(choice) ? "filled" : "default"}
          {...(IS_GRAVE.has(choice) ? { color: "red" } : {})}
          onClick={() => setOpen(choice)}
        >
          {t(`actions.${choice}`)}
        </Button>
      ))}
      <FormDialog<ScreeningDecision, ScreeningHitDetail>
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={t(`actions.${open ?? "dismiss"}`)}
        submit={t(`actions.${open ?? "dismiss"}`)}
        danger={open !== null && IS_GRAVE.has(open)}
        schema={ScreeningDecision}
        initial={{ revision: hit.revision, reason: "" }}
        fields={[
          {
            kind: "textarea",
            name: "reason",
            label: t("reason"),
            hint: t(`hints.${open ?? "dismiss"}`),
            rows: 4,
            required: true,
          },
        ]}
        send={(values) => api.post<ScreeningHitDetail>(`/screening/hits/${hit.id}/${open}`, values)}
        done={() => undefined}
        refresh={["screening", "partners", "audit"]}
      />
    </Group>
  );
}
