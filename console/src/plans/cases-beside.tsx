import { Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { PlanCase, PlanCaseRunResult } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { StatusBadge } from "../kit/status-badge.tsx";
import { usePlanLanguage } from "./use-plan-check.ts";

/** The pause after which a changed plan is run on its test cases. */
const PAUSE_MS = 700;

/** What the plan's test cases come to on a document. */
export function useCaseRun(planId: string, document: unknown) {
  const language = usePlanLanguage();
  const [settled] = useDebouncedValue(document, PAUSE_MS);
  return useQuery({
    queryKey: ["plans", "case-run", planId, language, JSON.stringify(settled)],
    queryFn: () => api.post<PlanCaseRunResult>(`/plans/${planId}/cases/run`, { document: settled, language }),
    placeholderData: keepPreviousData,
  });
}

/** The test cases of a plan beside its editor: which would pass on what is being written. */
export function CasesBeside({ planId, document }: { readonly planId: string; readonly document: unknown }) {
  const { t } = useTranslation("plans");
  const cases = useRecord<{ data: PlanCase[] }>(`/plans/${planId}/cases`);
  const run = useCaseRun(planId, document);
  const all = cases.data?.data ?? [];
  if (all.length === 0) return null;
  return (
    <Stack gap={6} mt={18}>
      <Text fw={600} component="h2" fz="sm">
        {t("cases.title")}
      </Text>
      {all.map((one) => {
        const result = run.data?.results.find((other) => other.caseId === one.id);
        const state = result === undefined ? "pending" : result.passed ? "passed" : "failed";
        return (
          <div key={one.id} style={{ display: "flex", gap: 8, alignItems: "center", justifyContent: "space-between" }}>
            <Text truncate>{one.name}</Text>
            <StatusBadge state={state} label={t(`cases.state.${state}`)} />
          </div>
        );
      })}
    </Stack>
  );
}
