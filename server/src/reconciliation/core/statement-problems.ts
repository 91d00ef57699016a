import { formatMoney, money } from "../../kernel/money.ts";
import type { StatementFacts, StatementProblem } from "../contracts.ts";

/** What a bank's file proves about itself. */
export interface Proof {
  /** `null`: the file has nothing to prove it by */
  readonly balanced: boolean | null;
  readonly checks: readonly { readonly holds: boolean; readonly sentence: string }[];
  readonly problems: readonly { readonly severity: "error" | "note"; readonly sentence: string }[];
}

/** Why a statement may not be booked without a second person: it does not add up, or could not be read to its end. */
export function problemsOf(proof: Proof): StatementProblem[] {
  if (proof.balanced !== false) return [];
  const broken = proof.checks.filter((check) => !check.holds).map((check) => check.sentence);
  const errors = proof.problems.filter((one) => one.severity === "error").map((one) => one.sentence);
  const sentences = [...broken, ...errors];
  return (sentences.length === 0 ? ["The balances of this statement do not add up."] : sentences).map((sentence) => ({
    code: "unbalanced",
    sentence,
  }));
}

/**
 * Whether something is missing between a statement and the one before it: it has to begin with what the other ended with.
 * @param before the last one that ends before this begins; undefined when it is the first of the account
 */
export function gapProblem(before: StatementFacts | undefined, after: StatementFacts): StatementProblem | null {
  if (before?.closingMinor == null || after.openingMinor === null || before.closingMinor === after.openingMinor)
    return null;
  const told = (minor: bigint) => formatMoney(money(minor, after.currency));
  const missing = told(after.openingMinor - before.closingMinor);
  return {
    code: "gap",
    sentence: `The statement before it ended on ${before.to ?? "an unknown day"} with ${told(before.closingMinor)}; this one begins with ${told(after.openingMinor)}: movements of ${missing} are missing between them.`,
  };
}
