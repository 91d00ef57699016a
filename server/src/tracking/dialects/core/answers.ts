import type { DialectAnswer, DialectOutcome } from "./contracts.ts";

export function jsonAnswer(status: number, value: object): DialectAnswer {
  return { status, contentType: "application/json", body: JSON.stringify(value) };
}

export function textAnswer(status: number, body: string): DialectAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body };
}

/** Why nothing (or not all) was received, as one sentence; undefined when all was. What the settings leave aside was received. */
export function refusalSentence(outcome: DialectOutcome): string | undefined {
  const refusal =
    outcome.refused ?? outcome.lines.find((line) => line.refused && line.refused.code !== "left_aside")?.refused;
  if (refusal === undefined) return undefined;
  const named = refusal.field === undefined ? refusal.detail : `${refusal.field}: ${refusal.detail}`;
  return refusal.hint === undefined ? named : `${named} (${refusal.hint})`;
}
