import type { PlanLanguage } from "@tributary/contract";

/** One sentence in the language that is spoken. Both are written side by side, so that neither can be forgotten. */
export type Say = (english: string, spanish: string) => string;

export function sayIn(language: PlanLanguage): Say {
  return language === "es" ? (_english, spanish) => spanish : (english) => english;
}

export type Severity = "error" | "warning" | "hint";

/** What the linter has to say about a plan. `readings` are the two ways in which the plan could be understood. */
export interface Finding {
  readonly severity: Severity;
  readonly code: FindingCode;
  /** Where in the document, e.g. `components[0].window`. */
  readonly path: string;
  readonly message: string;
  readonly readings?: readonly [string, string];
  /** What to write instead. */
  readonly wayOut?: string;
}

export type FindingCode =
  | "not_a_plan"
  | "two_readings"
  | "duplicate_code"
  | "unknown_currency"
  | "unknown_component"
  | "unknown_base"
  | "unknown_dimension"
  | "cycle"
  | "too_many_decimals"
  | "unreachable"
  | "overlapping"
  | "contradictory"
  | "redundant"
  | "bands_out_of_order"
  | "pays_less_above"
  | "pays_nothing"
  | "pays_twice"
  | "pays_more_than_all"
  | "never_reached"
  | "never_released"
  | "without_effect";

export function twoReadings(say: Say, path: string, question: string, first: string, second: string): Finding {
  return {
    severity: "error",
    code: "two_readings",
    path,
    message: say(
      `${question} It can be read as: (1) ${first}; (2) ${second}.`,
      `${question} Puede leerse como: (1) ${first}; (2) ${second}.`,
    ),
    readings: [first, second],
  };
}

export function finding(
  severity: Severity,
  code: FindingCode,
  path: string,
  message: string,
  wayOut?: string,
): Finding {
  return { severity, code, path, message, ...(wayOut === undefined ? {} : { wayOut }) };
}
