import { Button, Stack } from "@mantine/core";
import type { SimulationDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { RUNNING } from "./states.ts";

/** How far a run is, with a way to end it; or why there is no result. */
export function RunState({ simulation }: { readonly simulation: SimulationDetail }) {
  const { t } = useTranslation("dealdesk");
  const cancel = useChange({
    send: () => api.post<SimulationDetail>(`/simulations/${simulation.id}/cancel`),
    refresh: ["simulations", "audit"],
  });
  if (!RUNNING.has(simulation.status))
    return (
      <EmptyState
        title={t(`state.${simulation.status}`)}
        text={simulation.status === "failed" ? (simulation.problem ?? "") : t("wasCancelled")}
      />
    );
  const { done, all } = simulation.steps;
  return (
    <Stack gap={14} maw={560}>
      <ProgressLine label={t("runs")} done={done} total={all === 0 ? null : all} />
      <Button variant="default" w="fit-content" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
        {t("cancel")}
      </Button>
      {cancel.isError ? <ProblemLine error={cancel.error} /> : null}
    </Stack>
  );
}
