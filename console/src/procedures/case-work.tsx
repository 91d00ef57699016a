import { Accordion } from "@mantine/core";
import type { CaseDetail, CaseStage } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { MarkdownText } from "../kit/difference/markdown-text.tsx";
import { Go } from "../kit/link.tsx";
import { Card } from "../kit/record/card.tsx";
import { ConditionLine } from "./condition-line.tsx";
import css from "./procedures.module.css";
import { TaskLine } from "./task-line.tsx";

/** The stage that the case is in, open; those behind and before it folded. */
export function CaseWork({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation("procedures");
  const here = detail.stagesOf.find(({ state }) => state === "here");
  const others = detail.stagesOf.filter((stage) => stage !== here);
  return (
    <>
      {detail.shutAgain.length === 0 ? null : (
        <Card title={t("shutAgain")} flush>
          <ul className={css.lines}>
            {detail.shutAgain.map((one) => (
              <ConditionLine key={`${one.stage} ${one.key}`} detail={detail} condition={one} />
            ))}
          </ul>
        </Card>
      )}
      {here === undefined || detail.status === "dropped" ? null : <StageParts detail={detail} stage={here} />}
      <Escalations detail={detail} />
      <Accordion multiple chevronPosition="left" variant="contained">
        {others.map((stage) => (
          <Accordion.Item key={stage.key} value={stage.key}>
            <Accordion.Control>
              {stage.title} · {t(`stageStates.${stage.state}`)}
            </Accordion.Control>
            <Accordion.Panel>
              <StageParts detail={detail} stage={stage} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </>
  );
}

function StageParts({ detail, stage }: { readonly detail: CaseDetail; readonly stage: CaseStage }) {
  const { t } = useTranslation("procedures");
  return (
    <>
      {stage.guide === null ? null : <MarkdownText text={stage.guide} />}
      {stage.tasks.length === 0 ? null : (
        <Card
          title={`${t("tasks")} · ${stage.title}`}
          flush
          actions={<HandbookLink detail={detail} place={stage.key} />}
        >
          <ul className={css.lines}>
            {stage.tasks.map((task) => (
              <TaskLine
                key={task.key}
                caseId={detail.id}
                revision={detail.revision}
                task={task}
                handbook={`/procedures/${detail.procedure}/handbook?version=${detail.version}&step=${task.key}`}
              />
            ))}
          </ul>
        </Card>
      )}
      {stage.conditions.length === 0 ? null : (
        <Card title={`${t("gate")} · ${stage.title}`} flush>
          <ul className={css.lines}>
            {stage.conditions.map((one) => (
              <ConditionLine
                key={one.key}
                detail={detail}
                condition={one}
                {...(stage.state === "here" ? { here: true } : {})}
              />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function HandbookLink({ detail, place }: { readonly detail: CaseDetail; readonly place: string }) {
  const { t } = useTranslation("procedures");
  return (
    <Go size="xs" to={`/procedures/${detail.procedure}/handbook?version=${detail.version}&step=${place}`}>
      {t("inHandbook")}
    </Go>
  );
}

function Escalations({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation("procedures");
  if (detail.escalations.length === 0) return null;
  return (
    <p className={css.note}>
      {detail.escalations.map(({ to, at, done }) => (
        <span key={`${to} ${at}`}>
          {t(done ? "escalatedTo" : "escalatesTo", { role: t(`roles.${to}`) })} <DateText at={at} />.{" "}
        </span>
      ))}
    </p>
  );
}
