import type {
  GateCondition,
  ProcedureDefinition,
  ProcedureStage,
  ProcedureTask,
  ProcedureWhen,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { MarkdownText } from "../kit/difference/markdown-text.tsx";
import { useFactTitles } from "./fact-titles.ts";
import css from "./procedures.module.css";
import { conditionTitle, dueWords, textOf } from "./texts.ts";

/** The procedure as people read it: rendered from what runs, so that the two cannot part. */
export function Handbook({ definition }: { readonly definition: ProcedureDefinition }) {
  const facts = useFactTitles();
  const { i18n } = useTranslation();
  return (
    <article className={css.handbook}>
      {definition.purpose === "" ? null : <MarkdownText text={textOf(definition.purpose, i18n.language)} />}
      {definition.stages.map((stage, index) => (
        <StagePart key={stage.key} stage={stage} number={index + 1} facts={facts} />
      ))}
    </article>
  );
}

interface PartProps {
  readonly stage: ProcedureStage;
  readonly number: number;
  readonly facts: ReadonlyMap<string, string>;
}

function StagePart({ stage, number, facts }: PartProps) {
  const { t, i18n } = useTranslation("procedures");
  const { language } = i18n;
  const due = dueWords(stage.due, t);
  return (
    <section id={stage.key} aria-label={textOf(stage.title, language)}>
      <h2>
        {number}. {textOf(stage.title, language)}
      </h2>
      <p className={css.note}>
        {t("ownedBy", { role: t(`roles.${stage.owner}`) })}
        {due === "" ? "" : ` · ${t("dueWithin", { due })}`}
      </p>
      {stage.guide === undefined ? null : <MarkdownText text={textOf(stage.guide, language)} />}
      {stage.tasks.map((task) => (
        <TaskPart key={task.key} task={task} />
      ))}
      {stage.gate.length === 0 ? null : (
        <>
          <h3>{t("gateOpens")}</h3>
          <ul>
            {stage.gate.map((condition) => (
              <GateLine
                key={"fact" in condition ? JSON.stringify(condition) : condition.decision}
                condition={condition}
                facts={facts}
              />
            ))}
          </ul>
        </>
      )}
      {stage.escalations.map((one) => (
        <p key={JSON.stringify(one)} className={css.note}>
          {t("escalationLine", { due: dueWords(one.after, t), role: t(`roles.${one.to}`) })}
          {one.note === undefined ? "" : ` ${textOf(one.note, language)}`}
        </p>
      ))}
    </section>
  );
}

function TaskPart({ task }: { readonly task: ProcedureTask }) {
  const { t, i18n } = useTranslation("procedures");
  const due = dueWords(task.due, t);
  return (
    <div id={task.key}>
      <h3>{textOf(task.title, i18n.language)}</h3>
      <p className={css.note}>
        {t(`roles.${task.owner}`)}
        {due === "" ? "" : ` · ${t("dueWithin", { due })}`}
        {task.required ? "" : ` · ${t("optional")}`}
        {task.doneBy === undefined ? "" : ` · ${t("byItself")}`}
        <WhenText when={task.when} />
      </p>
      {task.guide === undefined ? null : <MarkdownText text={textOf(task.guide, i18n.language)} />}
      {task.checklist.length === 0 ? null : (
        <ul className={css.boxes}>
          {task.checklist.map((item) => (
            <li key={item.key}>☐ {textOf(item.title, i18n.language)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function GateLine({
  condition,
  facts,
}: {
  readonly condition: GateCondition;
  readonly facts: ReadonlyMap<string, string>;
}) {
  const { t, i18n } = useTranslation("procedures");
  const title = conditionTitle(condition, i18n.language, facts);
  return (
    <li>
      {title}
      {"decision" in condition ? ` (${t("signedBy", { role: t(`roles.${condition.role}`) })}` : ` (${t("checked")}`}
      {"decision" in condition && condition.evidence === "required" ? `, ${t("withEvidence")}` : ""}
      {"decision" in condition && condition.otherThan.length > 0
        ? `, ${t("otherThan", { who: condition.otherThan.join(", ") })}`
        : ""}
      {condition.waivable ? "" : `, ${t("notWaivable")}`})
      <WhenText when={condition.when} />
    </li>
  );
}

function WhenText({ when }: { readonly when: ProcedureWhen | undefined }) {
  const { t } = useTranslation("procedures");
  if (when === undefined) return null;
  const parts = Object.entries(when).map(([key, value]) => `${t(`when.${key}`)}: ${[value].flat().join(", ")}`);
  return <span> · {t("onlyFor", { who: parts.join("; ") })}</span>;
}
