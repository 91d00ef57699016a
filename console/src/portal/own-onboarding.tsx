import { Button, Progress } from "@mantine/core";
import type { OwnProcedure } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded, NextLine } from "../kit/record/record-page.tsx";
import css from "../procedures/procedures.module.css";
import { StageStrip } from "../procedures/stage-strip.tsx";
import { TaskLine } from "../procedures/task-line.tsx";

/** What the partner has to do before it can start, and how far it is. */
export function OwnOnboarding() {
  const { t, i18n } = useTranslation("procedures");
  const own = useRecord<{ readonly data: readonly OwnProcedure[] }>(
    "/own-procedures",
    { language: i18n.language },
    { liveSeconds: 60 },
  );
  return (
    <Page title={t("own.title")} subtitle={t("own.subtitle")}>
      <Loaded query={own}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={t("own.empty")} text={t("own.emptyText")} />
          ) : (
            <div className={css.portal}>
              {data.map((one) => (
                <OneProcedure key={one.caseId} one={one} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function OneProcedure({ one }: { readonly one: OwnProcedure }) {
  const { t } = useTranslation("procedures");
  const done = one.stages.filter(({ state }) => state === "done").length;
  const share = Math.round((done / one.stages.length) * 100);
  return (
    <Card title={one.title}>
      <Progress value={share} aria-label={t("own.progress", { share })} mb="xs" />
      <p className={css.note}>{t("own.stagesDone", { done, all: one.stages.length })}</p>
      <StageStrip stages={one.stages} label={t("stages")} />
      <NextLine
        step={
          one.status === "finished"
            ? { title: t("own.finished"), tone: "good" }
            : one.waitingForUs
              ? { title: t("own.yourTurn"), text: t("own.yourTurnText"), tone: "warn" }
              : { title: t("own.ourTurn"), text: t("own.ourTurnText"), tone: "info" }
        }
      />
      {one.tasks.length === 0 ? null : (
        <ul className={css.lines}>
          {one.tasks.map((task) => (
            <TaskLine key={task.key} own caseId={one.caseId} revision={one.revision} task={task} />
          ))}
        </ul>
      )}
      {one.decisions.map((decision) => (
        <OwnDecision key={decision.key} one={one} decision={decision} />
      ))}
    </Card>
  );
}

function OwnDecision({
  one,
  decision,
}: {
  readonly one: OwnProcedure;
  readonly decision: OwnProcedure["decisions"][number];
}) {
  const { t } = useTranslation("procedures");
  const sign = useChange<void, unknown>({
    send: () =>
      api.post(`/own-procedures/${one.caseId}/orders`, {
        do: "sign",
        decision: decision.key,
        verdict: "approved",
        revision: one.revision,
      }),
    refresh: ["own-procedures"],
  });
  return (
    <div className={css.stepHead} style={{ padding: "12px 14px" }}>
      <b>{decision.title}</b>
      {decision.signed ? (
        t("how.signed")
      ) : (
        <Button size="xs" loading={sign.isPending} onClick={() => sign.mutate()}>
          {t("own.confirm")}
        </Button>
      )}
      {sign.isError ? <ProblemLine error={sign.error} /> : null}
    </div>
  );
}
