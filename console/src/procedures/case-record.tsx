import { Button, Group } from "@mantine/core";
import type { CaseCondition, CaseDetail, CaseStep } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import type { TimelineEntry } from "../kit/timeline.tsx";
import type { Tone } from "../kit/tone.ts";
import { useActorName } from "../session/actor-text.ts";
import { CaseActions } from "./case-actions.tsx";
import { CaseEvidenceTab } from "./case-evidence.tsx";
import { CaseBadge } from "./case-list.tsx";
import { CaseWork } from "./case-work.tsx";
import { useConditionWords } from "./condition-words.ts";
import { factWords, useFactTitles } from "./fact-titles.ts";
import { StageStrip } from "./stage-strip.tsx";
import { TOUCHED } from "./states.ts";

/** One case: what is done, what is shut and why, who has to do what by when, its evidence and its history. */
export function CaseRecord() {
  const { i18n } = useTranslation("procedures");
  const id = useParam("id");
  const one = useRecord<CaseDetail>(`/procedure-cases/${id}`, { language: i18n.language }, { liveSeconds: 30 });
  return <Loaded query={one}>{(detail) => <OneCase detail={detail} />}</Loaded>;
}

function OneCase({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation("procedures");
  const timeline = useCaseTimeline(detail.id);
  const words = useConditionWords();
  const why = (one: CaseCondition) => `${words(one).title}: ${words(one).sentence}`;
  return (
    <RecordPage
      title={detail.title}
      subtitle={
        <NameText
          id={detail.subjectId}
          to={detail.partnerId === null ? `/leads/${detail.subjectId}` : `/partners/${detail.partnerId}`}
        />
      }
      parent={{ label: t("cases.title"), to: "/procedure-cases" }}
      badge={<CaseBadge one={detail} />}
      actions={<CaseActions detail={detail} />}
      next={nextOf(detail, why, t)}
      facts={[
        { label: t("stage"), value: `${detail.stageNumber}/${detail.stages} · ${detail.stageTitle}` },
        { label: t("since"), value: <DateText at={detail.since} /> },
        { label: t("due"), value: <DateText at={detail.dueAt} /> },
        { label: t("cases.waitingOn"), value: detail.waitingOn.map((role) => t(`roles.${role}`)).join(", ") || "–" },
        {
          label: t("version"),
          value: (
            <Go quiet to={`/procedures/${detail.procedure}/handbook?version=${detail.version}`}>
              {t("versionNumber", { version: detail.version })}
            </Go>
          ),
        },
        ...(detail.programId === null ? [] : [{ label: t("program"), value: <NameText id={detail.programId} /> }]),
      ]}
      above={<StageStrip stages={detail.stagesOf} label={t("stages")} />}
      tabs={[
        { id: "work", label: t("tabs.work"), content: () => <CaseWork detail={detail} /> },
        {
          id: "evidence",
          label: t("tabs.evidence"),
          count: detail.evidence.length,
          content: () => <CaseEvidenceTab detail={detail} />,
        },
      ]}
      timeline={timeline}
    />
  );
}

function nextOf(
  detail: CaseDetail,
  why: (condition: CaseCondition) => string,
  t: (key: string, values?: Record<string, unknown>) => string,
): NextStep {
  if (detail.status === "finished" && detail.shutAgain.length === 0) return { title: t("next.finished"), tone: "good" };
  if (detail.status === "dropped") return { title: t("next.dropped"), tone: "quiet" };
  const here = detail.stagesOf.find(({ state }) => state === "here");
  const shut = [...detail.shutAgain.map(why), ...(here?.conditions ?? []).filter(({ holds }) => !holds).map(why)];
  const tasks = (here?.tasks ?? []).filter(({ done, required }) => done === null && required).length;
  return {
    title: t("next.shut", {
      what: [t("next.tasks", { count: tasks }), t("next.conditions", { count: shut.length })].join(", "),
    }),
    text: shut.slice(0, 2).join(" "),
    tone: detail.overdue || detail.shutAgain.length > 0 ? "bad" : "warn",
    action: <LookButton id={detail.id} />,
  };
}

function LookButton({ id }: { readonly id: string }) {
  const { t } = useTranslation("procedures");
  const look = useChange<void, CaseDetail>({
    send: () => api.post<CaseDetail>(`/procedure-cases/${id}/look`),
    refresh: TOUCHED,
  });
  return (
    <Group gap="xs">
      {look.isError ? <ProblemLine error={look.error} /> : null}
      <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
        {t("lookAgain")}
      </Button>
    </Group>
  );
}

const STEP_TONES: Readonly<Record<string, Tone>> = {
  passed: "good",
  finished: "good",
  sent_back: "warn",
  dropped: "bad",
  escalated: "bad",
  gate_shut: "bad",
  waiver_proposed: "warn",
  waiver_signed: "warn",
};

function useCaseTimeline(id: string): readonly TimelineEntry[] {
  const { t, i18n } = useTranslation("procedures");
  const steps = useRecord<{ readonly data: readonly CaseStep[] }>(`/procedure-cases/${id}/history`, {
    language: i18n.language,
  });
  const titles = useFactTitles();
  const actorName = useActorName();
  return (steps.data?.data ?? []).map((step) => {
    const about = step.kind === "escalated" ? t(`roles.${step.about}`) : factWords(step.about, titles);
    const tone = STEP_TONES[step.kind];
    return {
      id: String(step.number),
      at: step.at,
      what: about === "" ? t(`steps.${step.kind}`) : `${t(`steps.${step.kind}`)}: ${about}`,
      who: actorName(step.name),
      ...(step.text === "" ? {} : { why: step.text }),
      ...(tone === undefined ? {} : { tone }),
    };
  });
}
