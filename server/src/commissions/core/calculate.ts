import type { Component, Gate } from "@tributary/contract";
import { add, compare, decimal, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import { addMonths, type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";
import { isAcquisition } from "./acquisition.ts";
import type { ComponentResult, Draft, State, StateValue } from "./component-run.ts";
import { type CalculatedLine, finish } from "./finish.ts";
import { applyCaps, applyLimits, closeGate, withSteps } from "./limits.ts";
import { holds } from "./metrics.ts";
import { calculateModel } from "./models/index.ts";
import { postponedDraft, withPostponed } from "./postponed.ts";
import { monthsBetween, Run } from "./run.ts";
import type { Terms } from "./terms.ts";
import type { BandMemory } from "./tiers.ts";
import { World, type WorldInput } from "./world.ts";

export type { CalculatedLine } from "./finish.ts";

export interface Calculation extends WorldInput {
  /** First and last month of the period components, both included. Customers are looked at over their whole life: lines of what a customer
   * earned carry the month it was earned in. */
  readonly from: Month;
  readonly to: Month;
  /** What is remembered into the first month. */
  readonly memories: readonly Memory[];
}

/** What a component of an agreement remembers into a month. */
export interface Memory {
  readonly component: string;
  readonly currency: string;
  readonly month: Month;
  readonly leftBy: string;
  readonly own: State;
  readonly bands: State;
  readonly caps: State;
  /** Over a cap of the month before, in whole units; `caps` know what it is made of and where it counts. */
  readonly postponed: string;
  readonly handedOver: readonly string[];
}

export interface Calculated {
  readonly lines: readonly CalculatedLine[];
  /** What is remembered into each month after the first, up to the one after the last. */
  readonly memories: readonly Memory[];
  /** Numbers worth showing beside the lines: month, component, name, value. */
  readonly figures: readonly {
    readonly month: Month;
    readonly component: string;
    readonly name: string;
    readonly value: string;
  }[];
}

/** What is calculated first: later ones look at what earlier ones came to. Within a rank the plan's own order holds. */
const RANK: Readonly<Record<Component["model"], number>> = {
  cpa: 0,
  cpl: 0,
  cpa_ladder: 0,
  cpc: 1,
  cpm: 1,
  per_event: 1,
  sale: 1,
  recurring: 1,
  lot_rebate: 1,
  pip_rebate: 1,
  point_rebate: 1,
  spread_share: 1,
  commission_share: 1,
  notional: 1,
  theoretical: 1,
  revenue_share: 2,
  flat_fee: 3,
  sub_partner: 4,
  bonus: 5,
  minimum_guarantee: 6,
  client_rebate: 7,
};

interface Step {
  readonly run: Run;
  readonly result: ComponentResult;
}

/**
 * What a partner earned under one agreement in some months, and why: a pure function of terms, facts, memories and rates. The same input gives
 * the same output for ever, in whatever order the facts come.
 * @throws Refusal `rate_missing` when an amount cannot be converted: nothing is calculated then
 */
export function calculate(input: Calculation): Calculated {
  const world = new World(input);
  const lines: CalculatedLine[] = [];
  const memories: Memory[] = [];
  const figures: Calculated["figures"][number][] = [];
  let before: ReadonlyMap<string, Memory> = new Map();
  let remembered = new Map(input.memories.map((one) => [`${one.component} ${one.currency}`, one]));
  for (const one of input.memories) world.handedOver.set(one.component, new Set(one.handedOver));
  for (const month of monthsOf(input, world)) {
    const inRange = month >= input.from;
    const done = calculateMonth(world, month, inRange ? remembered : before, inRange, input.to);
    if (!inRange) {
      // What customers earned before is worked out again as it was then; lines of those months stand.
      lines.push(
        ...done.steps.flatMap(({ run, result }) => result.drafts.filter(isOfCustomer).map((one) => finish(run, one))),
      );
      before = new Map([...done.remembered].filter(([, one]) => one.component !== PLAN && !isEmptyMemory(one)));
      continue;
    }
    lines.push(...done.steps.flatMap(({ run, result }) => result.drafts.map((draft) => finish(run, draft))));
    for (const { run, result } of done.steps) figures.push(...figuresOf(run, result));
    // What never held anything is not worth remembering; what holds nothing any more is.
    const kept = [...done.remembered].filter(([place, one]) => !isEmptyMemory(one) || remembered.has(place));
    memories.push(...kept.map(([, one]) => one));
    remembered = new Map(kept.filter(([, one]) => !isEmptyMemory(one)));
  }
  return { lines, memories, figures };
}

function isOfCustomer(draft: Draft): boolean {
  return draft.subjectKind === "customer";
}

export function isEmptyMemory(memory: Memory): boolean {
  const empty = (state: State) => Object.keys(state).length === 0;
  return (
    empty(memory.own) &&
    empty(memory.bands) &&
    empty(memory.caps) &&
    memory.postponed === "0" &&
    memory.handedOver.length === 0
  );
}

/** The months asked for, and before them those in which a customer qualified. */
function monthsOf(input: Calculation, world: World): Month[] {
  const asked = monthsBetween(input.from, input.to);
  const acquisitions = input.terms.flatMap((one) => one.plan.components.filter(isAcquisition));
  const earlier = new Set<Month>();
  for (const component of acquisitions) {
    if (component.model === "cpa_ladder") for (const month of world.customerMonths()) earlier.add(month);
    else for (const one of world.qualified(component.code).values()) earlier.add(monthOf(one.on));
  }
  const [first = input.from] = [...earlier].sort();
  // Caps remember from month to month, also over those in which nobody qualified.
  const isCapped = acquisitions.some((one) => one.caps !== undefined);
  const between = isCapped && first < input.from ? monthsBetween(first, addMonths(input.from, -1)) : [];
  return [...new Set([...earlier, ...between, ...asked])]
    .filter((month) => month <= input.to || earlier.has(month))
    .sort();
}

function calculateMonth(
  world: World,
  month: Month,
  remembered: ReadonlyMap<string, Memory>,
  inRange: boolean,
  to: Month,
): { readonly steps: readonly Step[]; readonly remembered: Map<string, Memory> } {
  const next = new Map(
    [...remembered].map(([place, memory]) => [place, { ...memory, month: addMonths(month, 1), postponed: "0" }]),
  );
  const steps: Step[] = [];
  if (inRange) world.forgetEarned(month);
  for (const { terms, component } of inOrder(world.terms)) {
    if (inRange ? !world.isInForce(terms, month) && !isAcquisition(component) : !isAcquisition(component)) continue;
    const place = `${component.code} ${terms.plan.currency}`;
    const memory = next.get(place) ?? emptyMemory(component.code, terms, month);
    const step = calculateComponent(world, terms, component, month, memory, steps, to);
    if (step === null) continue;
    steps.push(step.step);
    next.set(place, step.memory);
    if (inRange) world.noteEarned(component.code, month, totalOf(step.step.result.drafts));
  }
  return { steps: finishMonth(world, month, steps, to, next), remembered: next };
}

function inOrder(terms: readonly Terms[]): { readonly terms: Terms; readonly component: Component }[] {
  const all = terms.flatMap((one) => one.plan.components.map((component) => ({ terms: one, component })));
  return all.sort((a, b) => RANK[a.component.model] - RANK[b.component.model]);
}

function emptyMemory(component: string, terms: Terms, month: Month): Memory {
  const base = { component, currency: terms.plan.currency, month: addMonths(month, 1) };
  return { ...base, leftBy: terms.agreementVersionId, own: {}, bands: {}, caps: {}, postponed: "0", handedOver: [] };
}

function calculateComponent(
  world: World,
  terms: Terms,
  component: Component,
  month: Month,
  memory: Memory,
  earlier: readonly Step[],
  to: Month,
): { readonly step: Step; readonly memory: Memory } | null {
  const bands = new Map<string, BandMemory>();
  const gate =
    component.gate === undefined ? null : holds(world.metrics(terms, component.code), component.gate.needs, month);
  const closed = gate !== null && !gate.holds;
  const otherwise = component.gate?.otherwise;
  const run = new Run({
    world,
    terms,
    component,
    month,
    state: memory.own,
    stateLeftBy: Object.keys(memory.own).length === 0 ? null : memory.leftBy,
    capsBefore: memory.caps,
    bandsBefore: bandsOf(memory.bands),
    bands,
    earlier: earlier.map((one) => ({ component: one.run.component, result: one.result })),
    replacement: closed && typeof otherwise === "object" && "value" in otherwise ? decimal(otherwise.value) : null,
  });
  let result = calculateModel(run);
  const postponed = postponedDraft(run);
  if (result.drafts.length === 0 && result.state === null && postponed.length === 0) return null;
  if (gate !== null) {
    result = { ...result, drafts: result.drafts.map((draft) => ({ ...draft, working: withSteps(draft, gate.steps) })) };
    if (closed && component.gate !== undefined) {
      result = closeGate(component.gate, result, [], opensOn(world, terms, component.code, component.gate, month, to));
    }
  }
  result = withDeficit(run, result, earlier);
  const capped = applyLimits(component, [...postponed, ...result.drafts], memory.caps, world.facts.stated);
  const handedOver = [...new Set([...memory.handedOver, ...capped.handedOver])].sort();
  if (handedOver.length > 0) world.handedOver.set(component.code, new Set(handedOver));
  const drafts = restricted(run, capped.drafts);
  return {
    step: { run, result: { ...result, drafts } },
    memory: {
      ...memory,
      leftBy: terms.agreementVersionId,
      own: result.state ?? {},
      bands: bands.size === 0 ? memory.bands : storedBands(bands),
      caps: withPostponed(run, capped.used, capped.postponed),
      postponed: formatDecimal(capped.postponed.reduce((sum, one) => add(sum, one.value), ZERO)),
      handedOver,
    },
  };
}

/** Last day of the first later month in which a gate that holds payments back lets them through; null: not yet. */
function opensOn(
  world: World,
  terms: Terms,
  component: string | null,
  gate: Gate,
  month: Month,
  to: Month,
): Day | null {
  if (gate.otherwise !== "hold") return null;
  const later = monthsBetween(addMonths(month, 1), to);
  const open = later.find((one) => holds(world.metrics(terms, component), gate.needs, one).holds);
  return open === undefined ? null : lastDay(open);
}

/** What a jurisdiction does not let the partner be paid by waits for compliance. */
function restricted(run: Run, drafts: readonly Draft[]): readonly Draft[] {
  const rules = run.facts.restrictions.filter(
    (one) => one.agreementVersionId === run.terms.agreementVersionId && one.component === run.component.code,
  );
  if (rules.length === 0) return drafts;
  return drafts.map((draft) => {
    const rule = rules.find((one) => one.from <= draft.earnedOn && (one.until === null || draft.earnedOn < one.until));
    if (rule === undefined || draft.value.units <= 0n) return draft;
    const step = { code: "jurisdiction", values: { rule: rule.rule, held: "false" } };
    return { ...draft, pending: { reason: "jurisdiction" }, working: withSteps(draft, [step]) };
  });
}

/** A negative share that is not ring-fenced takes from what the plan's other components pay, down to nothing. */
function withDeficit(run: Run, result: ComponentResult, earlier: readonly Step[]): ComponentResult {
  const { deficit } = result;
  if (deficit === undefined || deficit.units >= 0n) return result;
  const paid = totalOf(earlier.flatMap((one) => one.result.drafts));
  if (paid.units <= 0n) return result;
  const taken = compare(add(paid, deficit), ZERO) < 0 ? { units: -paid.units, scale: paid.scale } : deficit;
  const step = { code: "deficit", values: { value: formatDecimal(taken), currency: run.plan.currency } };
  const [first, ...rest] = result.drafts;
  const subject = { subjectKind: "period", subjectId: run.month.slice(0, 7), earnedOn: run.last } as const;
  const draft: Draft = first ?? { ...subject, value: ZERO, working: { inputs: [], steps: [], conversions: [] } };
  return {
    ...result,
    drafts: [{ ...draft, value: add(draft.value, taken), working: withSteps(draft, [step]) }, ...rest],
  };
}

/** Under this name the plan's own caps remember what they have used up; no component can be called so. */
const PLAN = "plan:";

/** The plan's own gate and caps, over everything that its components came to. */
function finishMonth(
  world: World,
  month: Month,
  steps: readonly Step[],
  to: Month,
  remembered: Map<string, Memory>,
): readonly Step[] {
  return [...Map.groupBy(steps, (step) => step.run.terms)].flatMap(([terms, own]) => {
    const { gate, caps = [] } = terms.plan;
    let done = own;
    if (gate !== undefined) {
      const found = holds(world.metrics(terms), gate.needs, month);
      if (!found.holds)
        done = done.map(({ run, result }) => ({
          run,
          result: closeGate(gate, result, found.steps, opensOn(world, terms, null, gate, month, to)),
        }));
    }
    if (caps.length === 0) return done;
    const all = done.flatMap(({ result }, owner) => result.drafts.map((draft) => ({ ...draft, owner })));
    const place = `${PLAN} ${terms.plan.currency}`;
    const memory = remembered.get(place) ?? emptyMemory(PLAN, terms, month);
    const capped = applyCaps(caps, all, memory.caps, world.facts.stated);
    remembered.set(place, { ...memory, leftBy: terms.agreementVersionId, caps: capped.used });
    const kept = capped.drafts as readonly (Draft & { readonly owner: number })[];
    return done.map(({ run, result }, index) => {
      const drafts = kept.filter((one) => one.owner === index).map(({ owner: _, ...draft }) => draft);
      return { run, result: { ...result, drafts } };
    });
  });
}

function totalOf(drafts: readonly Draft[]) {
  return drafts.reduce((sum, draft) => add(sum, draft.value), ZERO);
}

function bandsOf(state: State): Map<string, BandMemory> {
  return new Map(
    Object.entries(state).map(([name, value]) => {
      const { index, below, month } = value as unknown as BandMemory;
      return [name, { index, below, ...(month === undefined ? {} : { month }) }];
    }),
  );
}

function storedBands(bands: ReadonlyMap<string, BandMemory>): State {
  return Object.fromEntries(
    [...bands].map(([name, { index, below, month = "" }]): [string, StateValue] => [name, { index, below, month }]),
  );
}

function figuresOf(run: Run, result: ComponentResult): Calculated["figures"][number][] {
  return Object.entries(result.figures ?? {}).map(([name, value]) => ({
    month: run.month,
    component: run.component.code,
    name,
    value: formatDecimal(value),
  }));
}
