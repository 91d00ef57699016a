import { Button } from "@mantine/core";
import { type DueDiligence, ProfileChange } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DILIGENCE_REFRESH } from "./states.ts";

/** What due diligence knows of a partner, each fact with its sentence. */
export function FactCard({ diligence, own }: { readonly diligence: DueDiligence; readonly own?: boolean }) {
  const { t, i18n } = useTranslation("compliance");
  const { can } = useSession();
  const [changing, setChanging] = useState(false);
  const { profile, facts } = diligence;
  const spanish = i18n.language.startsWith("es");
  const button =
    own !== true && can("compliance.write") ? (
      <Button size="xs" variant="default" onClick={() => setChanging(true)}>
        {t("facts.profile")}
      </Button>
    ) : undefined;
  return (
    <Card title={t("facts.title")} actions={button} flush>
      <PlainTable
        label={t("facts.title")}
        rows={facts}
        rowId={(one) => one.fact}
        columns={[
          { id: "fact", label: t("facts.fact"), cell: (one) => t(`facts.names.${one.fact.replace(".", "_")}`) },
          {
            id: "holds",
            label: t("state"),
            cell: (one) => (
              <StatusBadge
                state={one.holds ? "holds" : "open"}
                label={t(one.holds ? "facts.holds" : "facts.open")}
                tones={{ holds: "good", open: "warn" }}
              />
            ),
          },
          {
            id: "why",
            label: t("facts.why"),
            cell: (one) =>
              spanish ? t(`facts.said.${one.code.replace(".", "_")}`, { defaultValue: one.sentence }) : one.sentence,
          },
          { id: "until", label: t("facts.until"), cell: (one) => <DayText day={one.until} /> },
        ]}
      />
      <FormDialog
        opened={changing}
        onClose={() => setChanging(false)}
        title={t("facts.profile")}
        submit={t("ownership.save")}
        schema={ProfileChange}
        initial={{ revision: profile.revision, regime: profile.regime, unexplained: profile.unexplained }}
        fields={[
          { kind: "text", name: "regime", label: t("facts.regime"), hint: t("facts.regimeHint") },
          {
            kind: "textarea",
            name: "unexplained",
            label: t("facts.unexplained"),
            hint: t("facts.unexplainedHint"),
            rows: 2,
          },
        ]}
        send={(values) => api.put(`/partners/${profile.partnerId}/due-diligence`, values)}
        done={() => setChanging(false)}
        refresh={DILIGENCE_REFRESH}
      />
    </Card>
  );
}
