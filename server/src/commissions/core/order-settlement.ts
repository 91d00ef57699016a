import type { Gate } from "@tributary/contract";
import { add, type Decimal, decimal, multiply, ZERO } from "../../kernel/decimal.ts";
import type { Draft } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import { applyCaps } from "./limits.ts";
import type { OrderRun, PaidOrder } from "./order-items.ts";
import { postponedDraft } from "./postponed.ts";
import { countOf } from "./tiers.ts";

/** What limits leave of the month's orders. A refund never takes back what was not paid. */
export interface Settlement {
  /** What a gate that did not hold leaves of everything; one when it did. */
  readonly part: Decimal;
  /** Orders of which caps left less, with what they left. */
  readonly cut: ReadonlyMap<Entry, Decimal>;
}

const ONE = decimal(1);

/** Foresees what the run will make of the orders' amounts: the gates, then the component's own caps. */
export function settlementOf(run: OrderRun, paid: readonly PaidOrder[]): Settlement {
  const part = [run.component.gate, run.plan.gate].reduce((all, gate) => multiply(all, partLeft(run, gate)), ONE);
  return { part, cut: cutOrders(run, paid, part) };
}

function partLeft(run: OrderRun, gate: Gate | undefined): Decimal {
  if (gate === undefined || gate.otherwise === "hold" || run.holds(gate.needs).holds) return ONE;
  if (gate.otherwise === "nothing") return ZERO;
  return "factor" in gate.otherwise ? decimal(gate.otherwise.factor) : ONE;
}

function cutOrders(run: OrderRun, paid: readonly PaidOrder[], part: Decimal): ReadonlyMap<Entry, Decimal> {
  const caps = run.component.caps ?? [];
  if (caps.length === 0) return new Map();
  const drafts = paid.map(({ thing, amount }, index): Draft => {
    const { day, at, about, name } = thing;
    const value = multiply(amount, part);
    const working = { inputs: [], steps: [], conversions: [] };
    const items = [{ day, at, about, name, count: countOf(thing), value }];
    return { subjectKind: "period", subjectId: String(index), earnedOn: day, value, working, items };
  });
  const kept = new Map<string, { value: Decimal; cut: boolean }>();
  const all = [...postponedDraft(run), ...drafts];
  for (const draft of applyCaps(caps, all, run.capsBefore, run.facts.stated).drafts) {
    // What waits for a decision or for the next period may still be paid: it counts as paid.
    const later = draft.working.steps.filter((step) => step.code === "cap" && step.values.overflow === "next_period");
    const value = later.reduce((sum, step) => add(sum, decimal(step.values.value ?? "0")), draft.value);
    const known = kept.get(draft.subjectId);
    kept.set(draft.subjectId, { value: add(known?.value ?? ZERO, value), cut: draft.working.steps.length > 0 });
  }
  return new Map(
    paid.flatMap(({ entry }, index) => {
      const one = kept.get(String(index));
      return one?.cut === true ? [[entry, one.value] as const] : [];
    }),
  );
}
