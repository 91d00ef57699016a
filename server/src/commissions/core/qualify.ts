import type { Condition, PlanDocument, Qualification, Window, WorkingConversion } from "@tributary/contract";
import { add, compare, decimal, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import { addDays, type Day } from "../../kernel/period.ts";
import { inPlanCurrency } from "./conversion.ts";
import type { CustomerFacts } from "./facts.ts";
import type { RateTable } from "./rates.ts";

/** One condition of the tree, tried on one customer. */
export interface Tried {
  readonly path: string;
  readonly condition: Condition;
  /** The first day on which it held inside its windows; null: never. */
  readonly metOn: Day | null;
  /** Last day on which it could count; null: no end. */
  readonly until: Day | null;
  /** What was there against what was asked, in the plan's currency. */
  readonly found: string;
  readonly asked: string;
  /** Why it did not hold. */
  readonly missed: "not_reached" | "too_late" | "window_not_started" | null;
  readonly conversions: readonly WorkingConversion[];
}

export interface Qualified {
  readonly metOn: Day | null;
  readonly tried: readonly Tried[];
}

interface Question {
  readonly plan: PlanDocument;
  readonly rates: RateTable;
  readonly window: Window | "none";
  readonly customer: CustomerFacts;
}

/**
 * The first day on which a tree of conditions holds for a customer. Every condition, once met, stays met, so that `all` holds on the latest
 * of its days and `any` on the earliest.
 */
export function qualify(question: Question, node: Qualification, path = "qualification"): Qualified {
  const word = "all" in node ? "all" : "any" in node ? "any" : undefined;
  if (word === undefined) {
    const tried = tryCondition(question, node as Condition, path);
    return { metOn: tried.metOn, tried: [tried] };
  }
  const nodes = "all" in node ? node.all : "any" in node ? node.any : [];
  const parts = nodes.map((child, index) => qualify(question, child, `${path}.${word}[${index}]`));
  const days = parts.map((part) => part.metOn);
  const metOn = word === "all" ? latestOf(days) : earliestOf(days);
  return { metOn, tried: parts.flatMap((part) => part.tried) };
}

function latestOf(days: readonly (Day | null)[]): Day | null {
  return days.includes(null) ? null : (days.toSorted().at(-1) ?? null);
}

function earliestOf(days: readonly (Day | null)[]): Day | null {
  return (
    days
      .filter((day) => day !== null)
      .toSorted()
      .at(0) ?? null
  );
}

interface Reached {
  readonly day: Day | null;
  readonly found: string;
  readonly asked: string;
  readonly conversions: readonly WorkingConversion[];
}

function tryCondition(question: Question, condition: Condition, path: string): Tried {
  const reached = reach(question, condition);
  const windows = [question.window, condition.within].filter((window) => typeof window === "object");
  const starts = windows.map((window) => startOf(window, question.customer));
  const started = !starts.includes(null);
  const until = earliestOf(windows.map((window, index) => endOf(window, starts[index] ?? null)));
  // What happened before the window began counts on the day it begins: a qualification never lies before anything it rests on.
  const day = reached.day === null ? null : latestOf([reached.day, ...starts]);
  const late = day !== null && until !== null && day > until;
  const metOn = started && !late ? day : null;
  const missed =
    metOn !== null ? null : reached.day !== null && !started ? "window_not_started" : late ? "too_late" : "not_reached";
  const { found, asked, conversions } = reached;
  return { path, condition, metOn, until, found, asked, missed, conversions };
}

/** The first day of a window, or null when it has not begun. */
function startOf(window: Window, customer: CustomerFacts): Day | null {
  return window.from === "registration" ? customer.registeredOn : (customer.firstDeposit?.day ?? null);
}

function endOf(window: Window, start: Day | null): Day | null {
  return start === null ? null : addDays(start, window.days);
}

function reach(question: Question, condition: Condition): Reached {
  if ("milestone" in condition) return milestone(question.customer, condition.milestone);
  return condition.metric === "first_deposit"
    ? firstDeposit(question, condition.atLeast)
    : deposits(question, condition.atLeast);
}

function milestone(customer: CustomerFacts, name: "registration" | "kyc_passed" | "first_deposit"): Reached {
  const days = {
    registration: customer.registeredOn,
    kyc_passed: customer.kycOn,
    first_deposit: customer.firstDeposit?.day ?? null,
  };
  return { day: days[name], found: days[name] ?? "", asked: name, conversions: [] };
}

function firstDeposit({ plan, rates, customer }: Question, atLeast: string): Reached {
  if (customer.firstDeposit === null) return { day: null, found: "0", asked: atLeast, conversions: [] };
  const { value, conversion } = inPlanCurrency(plan, rates, customer.firstDeposit, "first_deposit");
  const enough = compare(value, decimal(atLeast)) >= 0;
  return {
    day: enough ? customer.firstDeposit.day : null,
    found: formatDecimal(value),
    asked: atLeast,
    conversions: conversion === null ? [] : [conversion],
  };
}

/** The first day on which all deposits so far reach the amount; later deposits are not looked at. */
function deposits({ plan, rates, customer }: Question, atLeast: string): Reached {
  const conversions: WorkingConversion[] = [];
  let sum = ZERO;
  for (const deposit of customer.deposits) {
    const { value, conversion } = inPlanCurrency(plan, rates, deposit, "deposit");
    if (conversion !== null) conversions.push(conversion);
    sum = add(sum, value);
    if (compare(sum, decimal(atLeast)) >= 0)
      return { day: deposit.day, found: formatDecimal(sum), asked: atLeast, conversions };
  }
  return { day: null, found: formatDecimal(sum), asked: atLeast, conversions };
}
