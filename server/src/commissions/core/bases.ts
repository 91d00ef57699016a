import type { Base, BaseTerm, BaseTermValue, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, formatDecimal, subtract, ZERO } from "../../kernel/decimal.ts";
import { type BaseRun, evaluatePart, MeasureSums, type TermAmount } from "./base-terms.ts";
import type { Entry } from "./entries.ts";
import type { ConversionLog } from "./exchange.ts";
import { matches } from "./match.ts";

export type { BaseRun } from "./base-terms.ts";

/** One term as it came out: what it adds or takes, by itself always as it stands in the plan (a deducted fee of 5 is 5). */
export interface BaseTermResult {
  readonly name: string;
  readonly sign: "+" | "-";
  readonly value: Decimal;
}

export interface BaseResult {
  /** Whole units of the plan's currency, unrounded; may be negative. */
  readonly value: Decimal;
  readonly terms: readonly BaseTermResult[];
  /** The arithmetic, ready for a working. */
  readonly steps: readonly WorkingStep[];
  /** How many entries say anything about the base. */
  readonly facts: number;
}

export interface BaseOptions {
  readonly log?: ConversionLog | undefined;
  /** false: amounts that are due once a `period` are left out (they were deducted in another part of the same group). */
  readonly periodAmounts?: boolean;
}

/**
 * The value of a declared base over some facts: one month's of a group, or a single order's. Each term works on all entries together, so
 * neither their order nor how they are folded into days matters (except where a term asks about single events: a quotient, a fee with its own least or most).
 */
export function evaluateBase(
  base: Base,
  entries: readonly Entry[],
  run: BaseRun,
  options: BaseOptions = {},
): BaseResult {
  const mine = entries.filter((entry) => concerns(base, entry));
  const lists = listsOf(base, mine, run);
  const results = lists.map(({ terms, entries: some, name }) => {
    const result = evaluateTerms(terms, some, run, options);
    return name === null ? result : { ...result, steps: [variantStep(name, result.value, run), ...result.steps] };
  });
  const sum = results.reduce((total, one) => add(total, one.value), ZERO);
  const floored = base.floor === "zero" && sum.units < 0n;
  const total: WorkingStep = {
    code: "base_total",
    values: { name: base.name, arithmetic: arithmeticOf(results.flatMap((one) => one.terms)), ...amount(sum, run) },
  };
  const floor: WorkingStep = { code: "base_floor", values: amount(ZERO, run) };
  return {
    value: floored ? ZERO : sum,
    terms: results.flatMap((one) => one.terms),
    steps: [...results.flatMap((one) => one.steps), total, ...(floored ? [floor] : [])],
    facts: results.reduce((count, one) => count + one.facts, 0),
  };
}

/** Terms without a name, variants or a floor: what an order or a payment is worth. */
export function evaluateTerms(
  terms: readonly BaseTerm[],
  entries: readonly Entry[],
  run: BaseRun,
  options: BaseOptions = {},
): BaseResult {
  const sums = new MeasureSums(entries, run, options.log);
  const results: BaseTermResult[] = [];
  const steps: WorkingStep[] = [];
  let remainder = ZERO;
  for (const term of terms) {
    const { sign, body } =
      "add" in term ? ({ sign: "+", body: term.add } as const) : ({ sign: "-", body: term.deduct } as const);
    if (options.periodAmounts === false && isPeriodAmount(body)) continue;
    const found = evaluateTerm(body, sums, run, remainder, options);
    remainder = sign === "+" ? add(remainder, found.value) : subtract(remainder, found.value);
    results.push({ name: found.name, sign, value: found.value });
    steps.push(...found.steps, termStep(sign, found, run));
  }
  const named = new Set(terms.flatMap(namesOfTerm));
  const facts = entries.filter((entry) => says(entry, named)).length;
  return { value: remainder, terms: results, steps, facts };
}

function evaluateTerm(
  term: BaseTermValue,
  sums: MeasureSums,
  run: BaseRun,
  remainder: Decimal,
  options: BaseOptions,
): TermAmount {
  if (typeof term === "object" && ("lowestOf" in term || "highestOf" in term)) {
    const [parts, wanted] = "lowestOf" in term ? ([term.lowestOf, -1] as const) : ([term.highestOf, 1] as const);
    const found = parts.map((part) => evaluateTerm(part, sums, run, remainder, options));
    const chosen = found.reduce((best, one) => (compare(one.value, best.value) === wanted ? one : best));
    const code = wanted === -1 ? "base_lowest" : "base_highest";
    const values = { name: chosen.name, candidates: found.map(candidate).join(", "), ...amount(chosen.value, run) };
    return { name: chosen.name, value: chosen.value, steps: [...chosen.steps, { code, values } as WorkingStep] };
  }
  if (typeof term === "object" && "base" in term) {
    const base = run.plan.bases?.[term.base];
    if (base === undefined) throw new Error(`the plan declares no base ${term.base}`);
    const { value, steps } = evaluateBase(base, sums.entries, run, options);
    return { name: base.name, value, steps };
  }
  return evaluatePart(term, sums, run, remainder);
}

function candidate(one: TermAmount): string {
  return `${one.name} ${formatDecimal(one.value)}`;
}

function isPeriodAmount(term: BaseTermValue): boolean {
  return typeof term === "object" && "per" in term && term.per === "period";
}

function concerns(base: Base, entry: Entry): boolean {
  return base.products === undefined || base.products.includes(entry.dimensions.product ?? "");
}

interface TermList {
  readonly terms: readonly BaseTerm[];
  readonly entries: readonly Entry[];
  /** null when the base has no variants. */
  readonly name: string | null;
}

/** Which terms apply to which entries. Without any entry the base's own terms apply to none. */
function listsOf(base: Base, entries: readonly Entry[], run: BaseRun): TermList[] {
  if (base.variants === undefined) return [{ terms: base.terms, entries, name: null }];
  const lists = [...base.variants, { when: {}, terms: base.terms }].map(({ when, terms }) => ({
    terms,
    entries: [] as Entry[],
    name: Object.values(when).flat().join(", "),
  }));
  const fallback = lists.length - 1;
  for (const entry of entries) {
    const about = run.about(entry);
    const index = base.variants.findIndex((variant) => matches(about, variant.when));
    lists[index < 0 ? fallback : index]?.entries.push(entry);
  }
  return lists.filter((list) => list.entries.length > 0);
}

/** Measures, quantities and types of events that a base asks about. */
export function namesOf(base: Base, bases: Readonly<Record<string, Base>> = {}): Set<string> {
  const terms = [...base.terms, ...(base.variants ?? []).flatMap((variant) => variant.terms)];
  const nested = terms.flatMap(basesOfTerm).flatMap((code) => {
    const other = bases[code];
    return other === undefined ? [] : [...namesOf(other, bases)];
  });
  return new Set([...terms.flatMap(namesOfTerm), ...nested]);
}

function bodyOf(term: BaseTerm): BaseTermValue {
  return "add" in term ? term.add : term.deduct;
}

function basesOfTerm(term: BaseTerm): string[] {
  const walk = (body: BaseTermValue): string[] => {
    if (typeof body === "string") return [];
    if ("lowestOf" in body) return body.lowestOf.flatMap(walk);
    if ("highestOf" in body) return body.highestOf.flatMap(walk);
    return "base" in body ? [body.base] : [];
  };
  return walk(bodyOf(term));
}

function namesOfTerm(term: BaseTerm): string[] {
  const walk = (body: BaseTermValue): string[] => {
    if (typeof body === "string") return MeasureSums.names(body);
    if ("lowestOf" in body) return body.lowestOf.flatMap(walk);
    if ("highestOf" in body) return body.highestOf.flatMap(walk);
    if ("measure" in body) return MeasureSums.names(body.measure);
    if ("per" in body) return body.per === "period" ? [] : [`type:${body.per}`];
    return "rate" in body ? [body.of].flat().flatMap(MeasureSums.names) : [];
  };
  return walk(bodyOf(term));
}

/** Whether an entry carries any of the names (`type:deposit`: is such an event). */
export function says(entry: Entry, names: ReadonlySet<string>): boolean {
  if (names.has(`type:${entry.type}`)) return true;
  for (const name in entry.measures) if (names.has(name)) return true;
  for (const name in entry.quantities) if (names.has(name)) return true;
  return false;
}

function variantStep(name: string, value: Decimal, run: BaseRun): WorkingStep {
  if (name === "") return { code: "base_fallback", values: amount(value, run) };
  return { code: "base_variant", values: { name, ...amount(value, run) } };
}

function termStep(sign: "+" | "-", found: TermAmount, run: BaseRun): WorkingStep {
  const code = sign === "+" ? "base_add" : "base_deduct";
  const arithmetic = found.arithmetic === undefined ? {} : { arithmetic: found.arithmetic };
  return { code, values: { name: found.name, ...arithmetic, ...amount(found.value, run) } };
}

function amount(value: Decimal, run: BaseRun): { readonly value: string; readonly currency: string } {
  return { value: formatDecimal(value), currency: run.plan.currency };
}

function arithmeticOf(terms: readonly BaseTermResult[]): string {
  const texts = terms.map(({ sign, value }, index) => {
    const text = value.units < 0n ? `(${formatDecimal(value)})` : formatDecimal(value);
    return index === 0 ? (sign === "+" ? text : `−${text}`) : `${sign === "+" ? "+" : "−"} ${text}`;
  });
  return texts.length === 0 ? "0" : texts.join(" ");
}
