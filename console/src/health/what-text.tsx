import type { HealthAlert } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";

type What = Pick<HealthAlert, "kind" | "direction" | "eventType">;

/** What it is, in a few words: clicks dropped, postbacks fail. */
export function useWhat(): (alert: What) => string {
  const { t } = useTranslation("health");
  return ({ kind, direction, eventType }) => t(`what.${kind}_${direction}`, { type: eventType.replaceAll("_", " ") });
}

/** Seen against expected, in the unit of the kind. */
export function useFigures(): (alert: Pick<HealthAlert, "kind" | "seen" | "expected">) => {
  seen: string;
  expected: string;
} {
  const format = useFormat();
  return ({ kind, seen, expected }) => {
    const text = (value: number) =>
      kind === "delay"
        ? durationText(value, format.language)
        : format.number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
    return { seen: text(seen), expected: text(expected) };
  };
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 0],
] as const;

export function durationText(seconds: number, language: string): string {
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? UNITS[3];
  const value = seconds / Math.max(1, size);
  const digits = { maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", ...digits }).format(value);
}
