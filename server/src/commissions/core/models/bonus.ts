import type { BonusComponent, PlanValue, WorkingStep } from "@tributary/contract";
import { type Decimal, decimal, formatDecimal } from "../../../kernel/decimal.ts";
import { codesOf, wasPaidBefore } from "../commission-basis.ts";
import type { ComponentResult, ComponentRun, ModelOf } from "../component-run.ts";
import { monthName } from "../terms.ts";

type BonusRun = ComponentRun<BonusComponent>;

/** Models that are no commission for a bonus: it is never part of its own basis, nor are others like it. */
const NEVER = ["bonus", "minimum_guarantee", "client_rebate"];
const MONTHS_OF_A_QUARTER = 3;

/**
 * An amount, or a share of commission, when a target is met. Under several versions of an agreement in one month the one that is in force on
 * the last day decides, so that it is never paid twice.
 */
export const calculateBonus: ModelOf<"bonus"> = (run) => {
  const { pays, needs, amount, rate } = meant(run);
  const nothing: ComponentResult = { drafts: [], state: run.state.paid === undefined ? null : run.state };
  if (!run.isOn("", run.last) || !isCovered(run)) return nothing;
  if (pays === "once" && wasPaidBefore(run)) return nothing;
  if (pays === "quarter" && Number(run.month.slice(5, 7)) % MONTHS_OF_A_QUARTER !== 0) return nothing;
  const target = needs === undefined ? { holds: true, steps: [] } : run.holds(needs);
  const value = rate ?? amount;
  if (!target.holds || value === undefined) return nothing;
  const basis = rate === undefined ? null : basisOf(run);
  if (basis !== null && basis.units <= 0n) return nothing;
  return paid(run, value, basis, target.steps);
};

function paid(run: BonusRun, value: PlanValue, basis: Decimal | null, target: readonly WorkingStep[]): ComponentResult {
  const about = { partner: run.partner };
  const thing = { quantity: basis ?? decimal(1), about, day: run.last, at: null, name: run.component.code };
  const price = run.price(value, [thing]);
  const state = run.component.pays === "once" ? { paid: run.month } : null;
  if (price.total.units <= 0n) return { drafts: [], state: null };
  const { currency } = run.plan;
  const rate = price.rate === null ? null : formatDecimal(price.rate);
  const result: WorkingStep =
    basis === null
      ? { code: "bonus_amount", values: { value: formatDecimal(price.total), currency } }
      : {
          code: "bonus_share",
          values: {
            ...(rate === null ? {} : { arithmetic: `${formatDecimal(basis)} × ${rate}` }),
            value: formatDecimal(price.total),
            currency,
          },
        };
  const inputs = basis === null ? [] : [{ name: "bonus_basis", value: formatDecimal(basis), currency }];
  const working = { inputs, steps: [...target, ...price.steps, result], conversions: [], rate, tier: price.tier };
  const subject = { subjectKind: "period", subjectId: monthName(run.month), earnedOn: run.last } as const;
  return { drafts: [{ ...subject, value: price.total, working }], state };
}

/** Whether the component's own dates leave the day on which the month is judged, or a day of the month at least. */
function isCovered(run: BonusRun): boolean {
  const { from, until } = run.component;
  return (from === undefined || from <= run.last) && (until === undefined || until >= run.first);
}

/** Commission that the bonus is a share of. */
function basisOf(run: BonusRun): Decimal {
  const { of, over } = run.component;
  const period = over === "quarter" ? "quarter" : "current";
  return run.metric({ commission: codesOf(run, of, NEVER), period, programs: "this", subPartners: "excluded" }).value;
}

const MEANT = new WeakMap<BonusComponent, { readonly codes: string; readonly component: BonusComponent }>();

/** The component with `commission: "all"` of its metrics spelled out, without bonuses. */
function meant(run: BonusRun): BonusComponent {
  const codes = codesOf(run, "all", NEVER);
  const known = MEANT.get(run.component);
  if (known?.codes === codes.join()) return known.component;
  const { needs, amount, rate } = run.component;
  const component = {
    ...run.component,
    ...(needs === undefined ? {} : { needs: spelledOut(needs, codes) }),
    ...(amount === undefined ? {} : { amount: spelledOut(amount, codes) }),
    ...(rate === undefined ? {} : { rate: spelledOut(rate, codes) }),
  };
  MEANT.set(run.component, { codes: codes.join(), component });
  return component;
}

function spelledOut<T>(node: T, codes: readonly string[]): T {
  if (Array.isArray(node)) return node.map((one: unknown) => spelledOut(one, codes)) as T;
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.entries(node).map(([name, value]: [string, unknown]) => [
    name,
    name === "commission" && value === "all" ? [...codes] : spelledOut(value, codes),
  ]);
  return Object.fromEntries(copy) as T;
}
