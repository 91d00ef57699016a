import type { RunDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useParam } from "../kit/link.tsx";
import { MoneyText, NumberText, ShareText } from "../kit/money-text.tsx";
import { ProcessPage, type Stage } from "../kit/record/process-page.tsx";
import { Loaded, type NextStep, type RecordTab } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { CompareTab } from "./compare-tab.tsx";
import { CourseTab } from "./course-tab.tsx";
import { InputsTab } from "./inputs-tab.tsx";
import { ItemsTab } from "./items-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { ReleaseNote, RunActions } from "./run-actions.tsx";
import { difference, percentOf, periodText, STATE_TONES } from "./states.ts";

/** The cockpit: where the run stands, what blocks it, who must act until when, and what it comes to. */
export function RunRecord() {
  const id = useParam("id");
  const [working, setWorking] = useState(false);
  const run = useRecord<RunDetail>(`/runs/${id}`, {}, { liveSeconds: working ? 1 : 30 });
  const isWorking = run.data !== undefined && run.data.working !== null;
  if (run.data !== undefined && working !== isWorking) setWorking(isWorking);
  return <Loaded query={run}>{(one) => <RunPage run={one} />}</Loaded>;
}

function RunPage({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const [currency, setCurrency] = useState<string | null>(null);
  const total = run.totals.find((one) => one.currency === currency) ?? run.totals[0];
  const tabs: RecordTab[] = [
    {
      id: "overview",
      label: t("tabs.overview"),
      content: () => <OverviewTab run={run} total={total} onCurrency={setCurrency} />,
    },
    ...(run.attempt === 0
      ? []
      : [
          {
            id: "partners",
            label: t("tabs.partners"),
            count: run.totals.reduce((sum, one) => sum + one.partners, 0),
            content: () => <ItemsTab run={run} />,
          },
        ]),
    ...(run.stages[1]?.at == null
      ? []
      : [{ id: "inputs", label: t("tabs.inputs"), content: () => <InputsTab run={run} /> }]),
    ...(run.attempt < 2 ? [] : [{ id: "compare", label: t("tabs.compare"), content: () => <CompareTab run={run} /> }]),
    { id: "course", label: t("tabs.course"), content: () => <CourseTab run={run} /> },
  ];
  return (
    <ProcessPage
      title={periodText(run, format.day)}
      parent={{ label: t("title"), to: "/runs" }}
      badge={<StatusBadge state={run.state} label={t(`states.${run.state}`)} tones={STATE_TONES} />}
      subtitle={[t(`kinds.${run.kind}`), t(`modes.${run.mode}`), run.reason].filter(Boolean).join(" · ")}
      actions={<RunActions run={run} />}
      next={useNext(run)}
      {...(total === undefined ? {} : { facts: factsOf(run, total, t) })}
      stages={useStages(run)}
      stagesLabel={t("stages")}
      tabs={tabs}
    />
  );
}

type Translate = ReturnType<typeof useTranslation>["t"];

function factsOf(run: RunDetail, total: RunDetail["totals"][number], t: Translate) {
  const money = (minor: string) => ({ minor, currency: total.currency });
  const change = difference(total.earned, total.earnedBefore);
  return [
    { label: t("toPay"), value: <MoneyText money={money(total.toPay)} /> },
    { label: t("earned"), value: <MoneyText money={money(total.earned)} /> },
    { label: t("change"), value: <MoneyText money={money(change)} signed /> },
    { label: t("changeShare"), value: <ShareText share={percentOf(change, total.earnedBefore)} /> },
    { label: t("held"), value: <MoneyText money={money(total.held)} /> },
    { label: t("partners"), value: <NumberText value={run.totals.reduce((sum, one) => sum + one.partners, 0)} /> },
    { label: t("exceptions"), value: <NumberText value={run.exceptions} /> },
  ];
}

/** Each stage says when it was reached, or until when it has to be and for how many it waits. */
function useStages(run: RunDetail): Stage[] {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const blocked = run.checks.some((check) => check.outcome === "blocks") || run.trouble !== null;
  const next = run.stages.find((stage) => stage.outcome === "later");
  return run.stages.map((stage) => {
    const day = (at: string) => format.instant(at, "day");
    const waits = stage === next && stage.waiting > 0 ? t("waitingCount", { count: stage.waiting }) : null;
    const due = stage.due === null || stage.outcome === "done" ? null : t("until", { day: day(stage.due) });
    const reached = stage.at === null ? null : day(stage.at);
    const note =
      stage.outcome === "skipped"
        ? t("notNeeded")
        : [reached, stage.outcome === "later" ? due : null, waits].filter(Boolean).join(" · ");
    const state =
      stage.outcome === "now" ? (blocked ? "blocked" : "now") : stage.outcome === "later" ? "later" : "done";
    return { id: stage.state, label: t(`states.${stage.state}`), state, ...(note === "" ? {} : { note }) };
  });
}

/** Who must act, on what, until when; or what keeps it from going on. */
function useNext(run: RunDetail): NextStep | undefined {
  const { t } = useTranslation("runs");
  const format = useFormat();
  if (run.working !== null)
    return { title: t(`working.${run.working}`), text: "", tone: "info", action: <ReleaseNote run={run} /> };
  if (run.trouble !== null) return { title: t("stopped"), text: run.trouble, tone: "bad" };
  if (run.reopening !== null) return { title: t("reopeningAsked"), text: run.reopening.reason, tone: "warn" };
  const block = run.checks.find((check) => check.outcome === "blocks");
  if (block !== undefined)
    return { title: t("blockedBy", { check: t(`check.${block.code}`) }), text: t("blocksText"), tone: "bad" };
  if (run.state === "closed" || run.state === "cancelled") return undefined;
  const due =
    run.nextDue === null ? "" : t(run.isLate ? "wasDue" : "dueUntil", { at: format.instant(run.nextDue, "minute") });
  const waiting = run.stages.find((stage) => stage.outcome === "later")?.waiting ?? 0;
  const who = waiting > 0 ? t("waitingCount", { count: waiting }) : "";
  return {
    title: t(`nextStep.${run.state}`),
    text: [who, due].filter(Boolean).join(" · "),
    tone: run.isLate ? "bad" : "info",
  };
}
