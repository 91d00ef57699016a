import type { ScreeningHitDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { HitActions } from "./hit-actions.tsx";
import { HitComparison } from "./hit-comparison.tsx";
import { HIT_TONES } from "./states.ts";

/** One hit: both sides beside each other, why it scores what it does, and what people said of it. */
export function HitRecord() {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const id = useParam("id");
  const hit = useRecord<ScreeningHitDetail>(`/screening/hits/${id}`);
  const timeline = useHistory("screening_hit", id);
  return (
    <Loaded query={hit}>
      {(one) => (
        <RecordPage
          title={t("pair", { ours: one.subjectName, listed: one.matchedName })}
          parent={{ label: t("title"), to: "/screening" }}
          badge={<StatusBadge state={one.state} label={t(`states.${one.state}`)} tones={HIT_TONES} />}
          actions={<HitActions hit={one} />}
          next={nextStep(one, t)}
          facts={[
            { label: t("partner"), value: <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} /> },
            { label: t("subjectKind"), value: t(`subjectKinds.${one.subjectKind}`) },
            { label: t("score"), value: format.share(one.score) },
            { label: t("topic"), value: t(`topics.${one.topic}`) },
            { label: t("list"), value: `${one.list} · ${one.entryId}` },
            { label: t("opened"), value: <DateText at={one.openedAt} /> },
          ]}
          tabs={[{ id: "comparison", label: t("comparison"), content: () => <HitComparison hit={one} /> }]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function nextStep(hit: ScreeningHitDetail, t: (key: string, values?: Record<string, string>) => string): NextStep {
  const why = hit.reopenedWhy === null ? "" : t(`reopened.${hit.reopenedWhy}`);
  const texts: Record<ScreeningHitDetail["state"], string> = {
    open: [why, hit.reason].filter((text) => text !== "").join(" · ") || t("next.openText"),
    proposed: t("next.proposedText", { who: hit.proposedBy ?? "", reason: hit.reason }),
    false_positive: t("next.decidedText", { who: hit.decidedBy ?? "", reason: hit.reason }),
    true_match: t("next.decidedText", { who: hit.decidedBy ?? "", reason: hit.reason }),
    gone: t("next.goneText"),
  };
  return { title: t(`next.${hit.state}`), text: texts[hit.state], tone: HIT_TONES[hit.state] };
}
