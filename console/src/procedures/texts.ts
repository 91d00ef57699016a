import type { GateCondition, ProcedureText, WorkingTime } from "@tributary/contract";

/** A text in the reader's language, else in English, else in any. */
export function textOf(text: ProcedureText, language: string): string {
  if (typeof text === "string") return text;
  return text[language] ?? text.en ?? Object.values(text)[0] ?? "";
}

/** The same text with another wording for a language; a plain text stays plain. */
export function withText(text: ProcedureText, language: string, wording: string): ProcedureText {
  return typeof text === "string" ? wording : { ...text, [language]: wording };
}

/** "2 days", "4 hours" by the catalogue's plural forms. */
export function dueWords(due: WorkingTime | undefined, t: (key: string, values: { count: number }) => string): string {
  if (due === undefined) return "";
  return "days" in due ? t("procedures:dueDays", { count: due.days }) : t("procedures:dueHours", { count: due.hours });
}

/** What a gate's condition asks, in words. */
export function conditionTitle(condition: GateCondition, language: string, facts: ReadonlyMap<string, string>): string {
  if (condition.title !== undefined) return textOf(condition.title, language);
  if (!("fact" in condition)) return condition.decision;
  const parameters = Object.entries(condition.with ?? {}).map(([key, value]) => `${key}: ${String(value)}`);
  return [facts.get(condition.fact) ?? condition.fact, ...parameters].join(" · ");
}
