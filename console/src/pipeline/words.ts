import type { Lead, PipelineSettings, Texts } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import type { Tone } from "../kit/tone.ts";

export const TOUCHED = ["leads", "activities", "tasks", "pipeline", "audit"];

export const STATUS_TONES: Readonly<Record<string, Tone>> = {
  open: "info",
  won: "good",
  lost: "bad",
  merged: "quiet",
  unconfirmed: "warn",
};

export function useText(): (texts: Texts | undefined) => string {
  const { i18n } = useTranslation();
  const language = i18n.language.slice(0, 2);
  return (texts) => (texts as Readonly<Record<string, string>> | undefined)?.[language] || (texts?.en ?? "");
}

/** Stages and reasons with their names in the reader's language. */
export function useSettings() {
  const settings = useRecord<PipelineSettings>("/pipeline/settings");
  const text = useText();
  const stages = settings.data?.stages ?? [];
  const reasons = settings.data?.lostReasons ?? [];
  return {
    stages,
    reasons,
    stageName: (id: string) => text(stages.find((one) => one.id === id)?.names) || id,
    reasonName: (id: string) => text(reasons.find((one) => one.id === id)?.names) || id,
  };
}

/** Longer in its stage than is usual there. */
export function isLate(lead: Lead): boolean {
  return lead.status === "open" && lead.usualDays > 0 && lead.daysInStage > lead.usualDays;
}
