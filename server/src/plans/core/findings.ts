/** What the linter has to say about a plan. `readings` are the two ways in which the plan could be understood. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly code: FindingCode;
  /** Where in the document, e.g. `components[0].window`. */
  readonly path: string;
  readonly message: string;
  readonly readings?: readonly [string, string];
}

export type FindingCode =
  | "not_a_plan"
  | "two_readings"
  | "duplicate_code"
  | "unknown_currency"
  | "too_many_decimals"
  | "unreachable"
  | "redundant"
  | "pays_nothing";

export function twoReadings(path: string, message: string, first: string, second: string): Finding {
  return {
    severity: "error",
    code: "two_readings",
    path,
    message: `${message} It can be read as: (1) ${first}; (2) ${second}.`,
    readings: [first, second],
  };
}

export function finding(severity: Finding["severity"], code: FindingCode, path: string, message: string): Finding {
  return { severity, code, path, message };
}
