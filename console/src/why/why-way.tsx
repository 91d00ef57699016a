import {
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockHour4,
  type Icon as TablerIcon,
} from "@tabler/icons-react";
import type { WhyAnswer, WhyStep } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NextLine, type NextStep } from "../kit/record/record-page.tsx";
import { type Tone, toneStyle } from "../kit/tone.ts";
import { pathOf } from "./paths.ts";
import css from "./why.module.css";

const LOOKS: Readonly<Record<WhyStep["state"], { readonly tone: Tone; readonly icon: TablerIcon }>> = {
  ok: { tone: "good", icon: IconCircleCheckFilled },
  stopped: { tone: "bad", icon: IconCircleXFilled },
  waiting: { tone: "warn", icon: IconClockHour4 },
  unknown: { tone: "quiet", icon: IconCircleDashed },
};

/** The way, stage under stage; where it stopped is said first. */
export function WhyWay({ answer, own }: { readonly answer: WhyAnswer; readonly own: boolean }) {
  const { t } = useTranslation("why");
  const [found] = answer.found;
  const summary = useSummary(answer.way);
  return (
    <>
      {found === undefined ? null : (
        <p className={css.found}>
          <b>{t(`kinds.${found.kind}`)}</b> {found.title === found.id ? null : found.title} <CopyText text={found.id} />
        </p>
      )}
      <NextLine step={summary} />
      <ol className={css.way} aria-label={t("way")}>
        {answer.way.map((one) => (
          <Stage key={one.stage} step={one} own={own} />
        ))}
      </ol>
      <p className={css.note}>{t("note")}</p>
    </>
  );
}

/** Where it stopped, or waits; what waits behind the commission has counted already. */
function useSummary(way: readonly WhyStep[]): NextStep {
  const { t } = useTranslation("why");
  const matters = way.find((one) => one.state === "stopped") ?? way.find((one) => one.state === "waiting");
  if (matters === undefined) return { title: t("counted"), text: t("countedText"), tone: "good" };
  const stage = t(`stages.${matters.stage}`);
  const text = `${matters.rule} ${matters.whatToDo}`.trim();
  const counts = way.some((one) => one.stage === "commission" && one.state === "ok");
  if (counts)
    return { title: t(matters.state === "stopped" ? "countedStopped" : "countedWaits", { stage }), text, tone: "info" };
  return matters.state === "stopped"
    ? { title: t("stopped", { stage }), text, tone: "bad" }
    : { title: t("waits", { stage }), text, tone: "warn" };
}

function Stage({ step, own }: { readonly step: WhyStep; readonly own: boolean }) {
  const { t } = useTranslation("why");
  const { tone, icon: Shown } = LOOKS[step.state];
  return (
    <li className={css.stage} data-state={step.state} style={toneStyle(tone)}>
      <Shown size={18} className={css.mark} aria-label={t(`states.${step.state}`)} />
      <div className={css.text}>
        <div className={css.head}>
          <h2>{t(`stages.${step.stage}`)}</h2>
          {step.at === null ? null : <DateText at={step.at} detail="second" />}
          {step.state === "unknown" ? null : <code>{step.code}</code>}
        </div>
        <p>{step.rule}</p>
        {step.whatToDo === "" || step.state === "ok" ? null : (
          <p className={css.todo}>
            <b>{t("todo")}</b> {step.whatToDo}
          </p>
        )}
        <StageFacts step={step} own={own} />
      </div>
    </li>
  );
}

/** What people know by its name. */
const NAMED: ReadonlySet<string> = new Set(["link", "customer", "postback"]);

function StageFacts({ step, own }: { readonly step: WhyStep; readonly own: boolean }) {
  const { t } = useTranslation("why");
  const format = useFormat();
  if (step.facts.length === 0 && step.refs.length === 0) return null;
  return (
    <dl className={css.facts}>
      {step.facts.map((fact) => (
        <div key={`${fact.name} ${fact.value}`}>
          <dt>{t(`facts.${fact.name}`, { defaultValue: fact.name })}</dt>
          <dd>{fact.name === "country" ? format.country(fact.value) : fact.value}</dd>
        </div>
      ))}
      {step.refs.map((ref) => {
        const to = pathOf(ref.kind, ref.id, own);
        return (
          <div key={ref.id}>
            <dt>{t(`refs.${ref.kind}`, { defaultValue: ref.kind })}</dt>
            <dd>
              {NAMED.has(ref.kind) ? (
                <NameText id={ref.id} {...(to ? { to } : {})} />
              ) : to ? (
                <Go to={to}>{ref.id}</Go>
              ) : (
                ref.id
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
