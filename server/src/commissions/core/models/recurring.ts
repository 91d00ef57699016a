import type { RecurringComponent } from "@tributary/contract";
import { type Decimal, decimal } from "../../../kernel/decimal.ts";
import type { Day } from "../../../kernel/period.ts";
import type { ComponentRun, ModelOf } from "../component-run.ts";
import { type Entry, inOrder } from "../entries.ts";
import type { ConversionLog } from "../exchange.ts";
import { isOrder, type OrderRule, worthOf } from "../order-items.ts";
import { payOrders } from "../orders.ts";
import { type Counted, quotient, settled, WHOLE } from "../trades.ts";
import { addMonthsToDay } from "../windows.ts";

const MONTHS_OF_A_YEAR = 12;

type RecurringRun = ComponentRun<RecurringComponent>;

/** A share of, or an amount for, the payments of subscriptions, as many as the plan's limit lets count. */
export const calculateRecurring: ModelOf<"recurring"> = (run) => payOrders(run, recurringRule(run));

function recurringRule(run: RecurringRun): OrderRule {
  const known = new Map<string, ReadonlyMap<Entry, Counted>>();
  const sharesOf = (customerId: string) => {
    const shares = known.get(customerId) ?? sharesOfCustomer(run, customerId);
    known.set(customerId, shares);
    return shares;
  };
  return {
    share: (entry) => {
      if (run.component.limit === "life") return worthOf(run, entry).units > 0n ? WHOLE : null;
      return entry.customerId === null ? null : (sharesOf(entry.customerId).get(entry) ?? null);
    },
    worth: (entry, log) => paymentWorth(run, entry, log),
    leftOut: "payments_beyond",
  };
}

function isAnnual(entry: Entry): boolean {
  return entry.dimensions.billing === "annual";
}

function paymentWorth(run: RecurringRun, entry: Entry, log?: ConversionLog): Decimal {
  if (!isAnnual(entry) || run.component.annual !== "monthly_price") return worthOf(run, entry, log);
  if (entry.measures.monthly_price !== undefined) return run.exchange.of(entry, "monthly_price", log);
  return settled(quotient(worthOf(run, entry, log), decimal(MONTHS_OF_A_YEAR)));
}

/** How much of each payment of a customer's life counts; those that do not are not among them. */
function sharesOfCustomer(run: RecurringRun, customerId: string): ReadonlyMap<Entry, Counted> {
  const entries = run.customer(customerId)?.entries ?? [];
  const payments = entries.filter((entry) => isOrder(run, entry) && worthOf(run, entry).units > 0n).toSorted(inOrder);
  const apart = run.component.each === "subscription";
  const subscriptions = Map.groupBy(payments, (entry) => (apart ? (entry.dimensions.subscription ?? "") : ""));
  const { limit } = run.component;
  const all = [...subscriptions.values()].flatMap((some) =>
    limit !== "life" && "payments" in limit ? byPayments(run, some, limit.payments) : byMonths(run, some, customerId),
  );
  return new Map(all);
}

type Share = readonly [Entry, Counted];

function byPayments(run: RecurringRun, payments: readonly Entry[], most: number): Share[] {
  let left = most;
  return payments.flatMap((entry): Share[] => {
    const places = entry.count * (isAnnual(entry) && run.component.annual === "twelve_payments" ? MONTHS_OF_A_YEAR : 1);
    const taken = Math.min(places, left);
    left -= taken;
    return taken === 0 ? [] : [[entry, { share: decimal(taken), over: decimal(places) }]];
  });
}

function byMonths(run: RecurringRun, payments: readonly Entry[], customerId: string): Share[] {
  const { limit, annual } = run.component;
  const [first] = payments;
  if (limit === "life" || "payments" in limit || first === undefined) return [];
  const registration = run.customer(customerId)?.milestones.registration?.day;
  const start = limit.from === "registration" ? (registration ?? first.day) : first.day;
  const end = addMonthsToDay(start, limit.months);
  return payments.flatMap((entry): Share[] => {
    if (entry.day >= end) return [];
    if (!isAnnual(entry) || annual !== "twelve_payments") return [[entry, WHOLE]];
    const covered = Array.from({ length: MONTHS_OF_A_YEAR }, (_, month) => addMonthsToDay(entry.day, month));
    const months = covered.filter((day: Day) => day < end).length;
    return [[entry, { share: decimal(months), over: decimal(MONTHS_OF_A_YEAR) }]];
  });
}
