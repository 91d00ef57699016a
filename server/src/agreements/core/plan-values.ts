import type { NegotiableValue, PlanDocument } from "@tributary/contract";
import { parseDecimal } from "../../kernel/decimal.ts";

/**
 * A plan as a list of values with addresses. Agreements know nothing of the plan language but that a document is a tree whose components have a code
 * and a model: so whatever the language learns can be compared, talked about and changed value by value here.
 */
export interface PlanValue {
  /** e.g. `net_share.rate`, `cpa.qualification.all[0].atLeast`; outside of components `currency`. */
  readonly path: string;
  /** Code and model of the component; null for the plan as a whole. */
  readonly component: string | null;
  readonly model: string | null;
  /** The names on the way, without positions: `["qualification", "all", "atLeast"]`. */
  readonly names: readonly string[];
  readonly value: string;
  /** What a threshold is about: the metric or count that stands beside it. */
  readonly about: string | null;
  /** JSON's own type, so that a changed number stays a number. */
  readonly type: "string" | "number" | "boolean";
}

type Tree = { readonly [key: string]: unknown };

export interface PlanComponent {
  readonly code: string;
  readonly model: string;
  readonly tree: Tree;
}

export function componentsOf(plan: PlanDocument): PlanComponent[] {
  const { components } = plan as unknown as { components: readonly Tree[] };
  return components.map((tree) => ({ code: String(tree.code), model: String(tree.model), tree }));
}

/** Every value of a plan, in the document's order. */
export function valuesOf(plan: PlanDocument): PlanValue[] {
  const { components: _components, ...whole } = plan as unknown as Tree;
  const place = { component: null, model: null };
  return [
    ...leaves(whole, "", [], place),
    ...componentsOf(plan).flatMap(({ code, model, tree }) => {
      const { code: _code, model: _model, ...rest } = tree;
      return leaves(rest, code, [], { component: code, model });
    }),
  ];
}

type Place = Pick<PlanValue, "component" | "model">;

function leaves(
  value: unknown,
  path: string,
  names: readonly string[],
  place: Place,
  about: string | null = null,
): PlanValue[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}[${index}]`, names, place));
  if (typeof value === "object") {
    const { metric, count } = value as Tree;
    const beside = [metric, count].find((one) => typeof one === "string") ?? null;
    return Object.entries(value).flatMap(([name, inner]) =>
      leaves(inner, path === "" ? name : `${path}.${name}`, [...names, name], place, beside as string | null),
    );
  }
  const type = typeof value as PlanValue["type"];
  return [{ path, names, about, ...place, value: String(value), type }];
}

/** Inside of these a value is a condition or a deduction, not what is paid. */
const NOT_PAY = new Set([
  "qualification",
  "base",
  "deduct",
  "needs",
  "metric",
  "hold",
  "clawback",
  "window",
  "gate",
  "gates",
  "when",
]);

/** Is the value an amount or a rate that the plan pays (not a threshold, a bound or a deduction)? */
export function isPay(value: PlanValue, name: "amount" | "rate"): boolean {
  const last = value.names.at(-1) ?? "";
  if (!value.names.includes(name) || value.names.some((one) => NOT_PAY.has(one))) return false;
  return ["amount", "rate", "value", "otherwise"].includes(last) && parseDecimal(value.value) !== undefined;
}

/** Metrics of a condition that are amounts; lots, trades and days are numbers. */
const MONEY_METRICS = new Set(["first_deposit", "deposit", "deposits", "withdrawals", "net_deposits"]);

function kindOf(value: PlanValue): NegotiableValue["kind"] | undefined {
  if (value.component === null || value.type === "boolean") return undefined;
  if (parseDecimal(value.value) === undefined) return undefined;
  if (value.type === "number") return "count";
  const last = value.names.at(-1) ?? "";
  const isBound = last === "atLeast" || last === "atMost";
  if (isBound && value.about !== null && !MONEY_METRICS.has(value.about)) return "number";
  if (last === "rate" || isPay(value, "rate")) return "rate";
  return ["amount", "atMost", "atLeast", "value"].includes(last) ? "amount" : "number";
}

/** A value by its address, before anybody has put it into words. */
export type SingleValue = Omit<NegotiableValue, "says" | "clause">;

/** The values of a plan that two sides can talk about one by one: amounts, rates, thresholds, days. */
export function negotiableValues(plan: PlanDocument): SingleValue[] {
  return valuesOf(plan).flatMap((one) => {
    const kind = kindOf(one);
    const spoken = one.names.at(-1) !== "clause" && one.names.at(-1) !== "name";
    return kind === undefined || !spoken ? [] : [{ path: one.path, component: one.component, value: one.value, kind }];
  });
}

export type ValueProblem = { readonly path: string; readonly problem: "unknown" | "not_a_number" };

/** The document with some of its values replaced; it still has to pass the linter. */
export function withValues(
  plan: PlanDocument,
  changes: readonly { readonly path: string; readonly value: string }[],
): { readonly document: unknown; readonly problems: readonly ValueProblem[] } {
  const known = new Map(negotiableValues(plan).map((one) => [one.path, one]));
  const problems: ValueProblem[] = [];
  const wanted = new Map<string, string | number>();
  for (const { path, value } of changes) {
    const one = known.get(path);
    if (one === undefined) problems.push({ path, problem: "unknown" });
    else if (parseDecimal(value) === undefined || (one.kind === "count" && !/^\d{1,9}$/.test(value)))
      problems.push({ path, problem: "not_a_number" });
    else wanted.set(path, one.kind === "count" ? Number(value) : value);
  }
  const { components, ...whole } = plan as unknown as Tree & { readonly components: readonly Tree[] };
  const document = {
    ...whole,
    components: components.map((tree) => replaced(tree, String(tree.code), wanted)),
  };
  return { document, problems };
}

function replaced(value: unknown, path: string, wanted: ReadonlyMap<string, string | number>): unknown {
  if (Array.isArray(value)) return value.map((item, index) => replaced(item, `${path}[${index}]`, wanted));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, replaced(inner, `${path}.${name}`, wanted)]),
    );
  return wanted.get(path) ?? value;
}
