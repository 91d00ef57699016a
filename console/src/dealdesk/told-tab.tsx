import { Stack } from "@mantine/core";
import type { DealResult, SimulationDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";

/** What the result goes by: assumptions, months, plans, and the hash that proves that nothing was changed. */
export function ToldTab({ deal, simulation }: { readonly deal: DealResult; readonly simulation: SimulationDetail }) {
  const { t } = useTranslation("dealdesk");
  const { input } = simulation;
  const assumptions = input.kind === "deal" ? (input.forecast?.assumptions ?? null) : null;
  return (
    <>
      <Stack gap={8} mb={deal.notes.length === 0 ? 0 : 16}>
        {deal.notes.map((note) => (
          <NoteLine key={`${note.code} ${note.values.bound ?? ""} ${note.values.plan ?? ""}`} tone="info">
            {t(`note.${note.code}`, note.values)}
          </NoteLine>
        ))}
      </Stack>
      {assumptions === null ? null : (
        <Card title={t("assumptions")}>
          <Properties
            items={Object.entries(assumptions).map(
              ([name, value]) =>
                [t(`assume.${name}`), Array.isArray(value) ? value.join(" · ") : String(value)] as const,
            )}
          />
        </Card>
      )}
      <Card title={t("evidence")}>
        <Properties
          items={[
            [t("base"), deal.base],
            ...(deal.history === null ? [] : [[t("history"), `${deal.history.from} – ${deal.history.to}`] as const]),
            [t("partners"), deal.partners],
            ...simulation.plans.map(
              (plan) => [plan.name || t(`role.${plan.role}`), <CopyText key={plan.hash} text={plan.hash} />] as const,
            ),
            [t("inputHash"), simulation.inputHash === null ? "–" : <CopyText key="hash" text={simulation.inputHash} />],
            [t("engine"), simulation.engineVersion ?? "–"],
            [t("createdBy"), simulation.createdByName],
            [t("finishedAt"), <DateText key="at" at={simulation.finishedAt} />],
          ]}
        />
      </Card>
    </>
  );
}
