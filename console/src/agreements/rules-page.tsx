import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../kit/empty-state.tsx";
import { Page } from "../kit/page.tsx";
import { useSession } from "../session/session.tsx";
import { JurisdictionRulesCard } from "./jurisdiction-rules-card.tsx";
import { PolicyCard } from "./policy-card.tsx";
import { TemplatesCard } from "./templates-card.tsx";

/** What a program's terms are held to: who approves what, notice and reminders, jurisdictions, templates. */
export function RulesPage() {
  const { t } = useTranslation("agreements");
  const { programs, program } = useSession();
  const [chosen, setChosen] = useState<string | null>(null);
  const programId = chosen ?? program?.id ?? programs[0]?.id;
  if (programId === undefined)
    return (
      <Page title={t("rules")}>
        <EmptyState title={t("noProgram")} text={t("noProgramText")} />
      </Page>
    );
  return (
    <Page
      title={t("rules")}
      actions={
        <Select
          aria-label={t("program")}
          allowDeselect={false}
          data={programs.map((one) => ({ value: one.id, label: one.name }))}
          value={programId}
          onChange={setChosen}
        />
      }
    >
      <PolicyCard key={`policy-${programId}`} programId={programId} />
      <TemplatesCard key={`templates-${programId}`} programId={programId} />
      <JurisdictionRulesCard key={`jurisdiction-${programId}`} programId={programId} />
    </Page>
  );
}
