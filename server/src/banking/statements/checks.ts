import { add, decimalOf, isZero, say, subtract, sumOf, writeDecimal, ZERO } from "./amounts.ts";
import type { Balance, BankStatement, Check, Problem, StatementEntry } from "./contracts.ts";

/** A check of two exact figures, with a sentence that names both. */
export function sameFigure(
  name: string,
  words: string,
  computed: ReturnType<typeof decimalOf>,
  said: ReturnType<typeof decimalOf>,
  currency: string | null,
): Check {
  const difference = subtract(computed, said);
  const holds = isZero(difference);
  const [first, second] = [say(computed, currency), say(said, currency)];
  return holds
    ? { name, holds, sentence: `${words}: ${first}, as the file says.` }
    : {
        name,
        holds,
        sentence: `${words}: ${first}, but the file says ${second}; the difference is ${say(difference, currency)}.`,
        difference: writeDecimal(difference),
      };
}

export function sameCount(name: string, words: string, counted: number, said: number): Check {
  const holds = counted === said;
  const sentence = holds
    ? `${words}: ${counted}, as the file says.`
    : `${words}: ${counted}, but the file says ${said}.`;
  return holds ? { name, holds, sentence } : { name, holds, sentence, difference: String(counted - said) };
}

/** Opening balance and booked entries make the closing balance. */
export function balanceCheck(
  opening: Balance | null,
  closing: Balance | null,
  entries: readonly StatementEntry[],
): Check | undefined {
  if (opening === null || closing === null) return undefined;
  const currency = opening.amount.currency ?? closing.amount.currency;
  if (opening.amount.currency !== closing.amount.currency) {
    const sentence = `The opening balance is in ${opening.amount.currency ?? "no currency"} and the closing balance in ${closing.amount.currency ?? "no currency"}: they cannot be compared.`;
    return { name: "balances", holds: false, sentence };
  }
  const booked = entries.filter((entry) => entry.status === "booked");
  const foreign = booked.find((entry) => entry.amount !== null && entry.amount.currency !== currency);
  if (foreign !== undefined) {
    const sentence = `The entry at ${foreign.place} is in ${foreign.amount?.currency ?? "no currency"}, the balances are in ${currency ?? "no currency"}: they cannot be added up.`;
    return { name: "balances", holds: false, sentence };
  }
  const sum = add(decimalOf(opening.amount), sumOf(booked.map((entry) => entry.amount)));
  const words = `Opening balance ${say(decimalOf(opening.amount), currency)} and ${booked.length} booked ${booked.length === 1 ? "entry" : "entries"} make the closing balance`;
  return sameFigure("balances", words, sum, decimalOf(closing.amount), currency);
}

/** Each running balance is the one before it and the entry. `newestFirst` when the file runs backwards. */
export function runningCheck(entries: readonly StatementEntry[], newestFirst: boolean): Check | undefined {
  const ordered = newestFirst ? entries.toReversed() : entries;
  let before: StatementEntry | undefined;
  let compared = 0;
  for (const entry of ordered) {
    if (entry.runningBalance === undefined || entry.amount === null) return undefined;
    if (before?.runningBalance !== undefined) {
      const expected = add(decimalOf(before.runningBalance), decimalOf(entry.amount));
      const currency = entry.runningBalance.currency;
      const words = `At ${entry.place} the balance before and the entry make`;
      const one = sameFigure("running balance", words, expected, decimalOf(entry.runningBalance), currency);
      if (!one.holds) return one;
      compared += 1;
    }
    before = entry;
  }
  if (compared === 0) return undefined;
  return {
    name: "running balance",
    holds: true,
    sentence: `The running balance follows from entry to entry, ${compared} times.`,
  };
}

export function totalsOf(entries: readonly StatementEntry[]): BankStatement["totals"] {
  let [credits, debits, creditCount, debitCount] = [ZERO, ZERO, 0, 0];
  for (const { amount } of entries) {
    if (amount === null) continue;
    const value = decimalOf(amount);
    if (value.units < 0n) {
      debits = subtract(debits, value);
      debitCount += 1;
    } else {
      credits = add(credits, value);
      creditCount += 1;
    }
  }
  return {
    entries: entries.length,
    credits: writeDecimal(credits),
    debits: writeDecimal(debits),
    creditCount,
    debitCount,
  };
}

/** `false` by one failed check or by one thing that could not be read; `true` only by a check of money. */
export function isBalanced(checks: readonly Check[], problems: readonly Problem[]): boolean | null {
  if (checks.some((check) => !check.holds) || problems.some((one) => one.severity === "error")) return false;
  return checks.some((check) => PROVES.test(check.name)) ? true : null;
}

/** Checks that prove the sum of the entries; a count of records does not. */
const PROVES = /^(?:balances|running balance|sum of .*|control total)$/;

export type StatementDraft = Omit<BankStatement, "totals" | "balanced">;

/** Totals, and the verdict over the checks. */
export function finished(draft: StatementDraft): BankStatement {
  return { ...draft, totals: totalsOf(draft.entries), balanced: isBalanced(draft.checks, draft.problems) };
}

/** The verdict over a whole file. */
export function fileBalanced(statements: readonly BankStatement[], problems: readonly Problem[]): boolean | null {
  if (problems.some((one) => one.severity === "error")) return false;
  if (statements.some((one) => one.balanced === false)) return false;
  return statements.some((one) => one.balanced === true) ? true : null;
}
