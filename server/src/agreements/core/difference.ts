import type { Clause, Difference, PlanChange, PlanDocument } from "@tributary/contract";
import { compare, decimal, divide, formatDecimal, parseDecimal, subtract, ZERO } from "../../kernel/decimal.ts";
import type { Day } from "../../kernel/period.ts";
import { componentsOf, isPay, type PlanValue, valuesOf } from "./plan-values.ts";

/** What two rounds are compared by. */
export interface ComparedTerms {
  readonly plan: PlanDocument;
  readonly clauses: readonly Clause[];
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly customers: string;
}

/** What changed from one round to another: the plan value by value, the clauses, the days. */
export function differenceOf(before: ComparedTerms, after: ComparedTerms): Difference {
  return {
    plan: planChanges(before.plan, after.plan),
    clauses: clauseChanges(before.clauses, after.clauses),
    terms: (["validFrom", "validTo", "customers"] as const)
      .filter((field) => before[field] !== after[field])
      .map((field) => ({ field, before: before[field], after: after[field] })),
  };
}

export function isSame(difference: Difference): boolean {
  return difference.plan.length + difference.clauses.length + difference.terms.length === 0;
}

/** The plan field by field. A component that came or went is one change; its values are in the plan's own text. */
export function planChanges(before: PlanDocument, after: PlanDocument): PlanChange[] {
  const [was, is] = [componentsOf(before), componentsOf(after)];
  const modelBefore = new Map(was.map((one) => [one.code, one.model]));
  const modelAfter = new Map(is.map((one) => [one.code, one.model]));
  const gone = was.filter((one) => !modelAfter.has(one.code));
  const come = is.filter((one) => !modelBefore.has(one.code));
  const left = new Set([...gone, ...come].map((one) => one.code));
  const kept = (value: PlanValue) => value.component === null || !left.has(value.component);
  const valuesBefore = new Map(
    valuesOf(before)
      .filter(kept)
      .map((one) => [one.path, one]),
  );
  const valuesAfter = new Map(
    valuesOf(after)
      .filter(kept)
      .map((one) => [one.path, one]),
  );
  const paths = [...new Set([...valuesBefore.keys(), ...valuesAfter.keys()])];
  return [
    ...gone.map((one) => whole(one.code, "removed", one.model)),
    ...come.map((one) => whole(one.code, "added", one.model)),
    ...is
      .filter((one) => (modelBefore.get(one.code) ?? one.model) !== one.model)
      .map((one) => valueChange(one.code, `${one.code}.model`, modelBefore.get(one.code) ?? null, one.model, [])),
    ...paths.flatMap((path) => {
      const [one, other] = [valuesBefore.get(path), valuesAfter.get(path)];
      if (one !== undefined && other !== undefined && same(one.value, other.value)) return [];
      const place = other ?? one;
      return [
        valueChange(
          place?.component ?? null,
          path,
          one?.value ?? null,
          other?.value ?? null,
          place?.names ?? [],
          place,
        ),
      ];
    }),
  ];
}

/** `0.30` and `0.3` say the same. */
function same(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  return x !== undefined && y !== undefined && compare(x, y) === 0;
}

function whole(code: string, kind: "added" | "removed", model: string): PlanChange {
  const [before, after] = kind === "added" ? [null, model] : [model, null];
  return {
    component: code,
    path: code,
    kind,
    before,
    after,
    relative: null,
    effect: kind === "added" ? "better" : "worse",
  };
}

function valueChange(
  component: string | null,
  path: string,
  before: string | null,
  after: string | null,
  names: readonly string[],
  value?: PlanValue,
): PlanChange {
  const kind = before === null ? "added" : after === null ? "removed" : "changed";
  const [x, y] = [parseDecimal(before ?? ""), parseDecimal(after ?? "")];
  const numbers = x !== undefined && y !== undefined;
  const relative = numbers && x.units !== 0n ? formatDecimal(divide(subtract(y, x), x, 4)) : null;
  const direction = numbers ? compare(y, x) : 0;
  return { component, path, kind, before, after, relative, effect: effectOf(names, value, before, after, direction) };
}

const WORDS_ONLY = new Set(["clause", "name", "note"]);
/** Of these, more is better for the partner (`1`) or worse (`-1`), unless a deduction turns it around. */
const MORE_IS: Readonly<Record<string, 1 | -1>> = { atMost: 1, atLeast: -1, moreThan: -1, from: -1 };

function effectOf(
  names: readonly string[],
  value: PlanValue | undefined,
  before: string | null,
  after: string | null,
  direction: -1 | 0 | 1,
): PlanChange["effect"] {
  const last = names.at(-1) ?? "";
  if (WORDS_ONLY.has(last)) return "neutral";
  if (names.includes("carryover") && last === "mode")
    return after === "none" ? "better" : before === "none" ? "worse" : "unclear";
  if (direction === 0 || before === null || after === null) return "unclear";
  const more = moreIs(names, last, value);
  if (more === undefined) return "unclear";
  return direction === more ? "better" : "worse";
}

function moreIs(names: readonly string[], last: string, value: PlanValue | undefined): 1 | -1 | undefined {
  if (value !== undefined && (isPay(value, "amount") || isPay(value, "rate"))) return 1;
  if (names.includes("deduct")) return -1;
  if (names.includes("hold")) return -1;
  if (names.includes("clawback")) return -1;
  if (names.includes("window") || names.includes("within")) return 1;
  return MORE_IS[last];
}

function clauseChanges(before: readonly Clause[], after: readonly Clause[]): Difference["clauses"] {
  const was = new Map(before.map((one) => [one.key, one]));
  const is = new Map(after.map((one) => [one.key, one]));
  const removed = before.filter((one) => !is.has(one.key));
  return [
    ...after.flatMap((one): Difference["clauses"] => {
      const old = was.get(one.key);
      if (old?.text === one.text && old.title === one.title) return [];
      const kind = old === undefined ? "added" : "changed";
      return [{ key: one.key, title: one.title, kind, before: old?.text ?? null, after: one.text }];
    }),
    ...removed.map((one) => ({
      key: one.key,
      title: one.title,
      kind: "removed" as const,
      before: one.text,
      after: null,
    })),
  ];
}

/**
 * Does anything get worse for the partner? What cannot be weighed counts as worse: notice is there for the partner.
 */
export function worsens(difference: Difference): boolean {
  const inPlan = difference.plan.some((one) => one.effect === "worse" || one.effect === "unclear");
  return inPlan || difference.clauses.length > 0 || difference.terms.some((one) => one.field === "customers");
}

/** The largest relative change of a value, up or down; undefined when something changed that has no measure. */
export function largestChange(changes: readonly PlanChange[]): { readonly share: string; readonly measured: boolean } {
  let largest = ZERO;
  let measured = true;
  for (const { relative, effect } of changes) {
    if (relative === null) {
      if (effect !== "neutral") measured = false;
      continue;
    }
    const size = decimal(relative.replace("-", ""));
    if (compare(size, largest) > 0) largest = size;
  }
  return { share: formatDecimal(largest), measured };
}
