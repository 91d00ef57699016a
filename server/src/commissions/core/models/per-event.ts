import type { PerEventComponent } from "@tributary/contract";
import { decimal, formatDecimal } from "../../../kernel/decimal.ts";
import { addDays, type Day } from "../../../kernel/period.ts";
import type { ComponentRun, ModelOf, Priced } from "../component-run.ts";
import { type Entry, inOrder } from "../entries.ts";
import { payCounts, quantityOf } from "../paid-counts.ts";

type Run = ComponentRun<PerEventComponent>;

/** Amount × events of a type, or × customers whose first such event it was; none for those that were taken back. */
export const calculatePerEvent: ModelOf<"per_event"> = (run) => {
  const { event, amount, each } = run.component;
  const found = run.entries().filter((entry) => entry.type === event);
  if (found.length === 0) return { drafts: [], state: null };
  const seen = new Set<string>();
  const counted = found.toSorted(inOrder).filter((entry) => each === "event" || isFirst(run, entry, seen));
  const things = counted.map(
    (entry): Priced => ({
      quantity: decimal(each === "event" ? entry.count : 1),
      count: decimal(each === "event" ? entry.count : 1),
      about: run.about(entry),
      day: entry.day,
      at: entry.at,
      name: entry.id ?? entry.customerId ?? entry.day,
    }),
  );
  const taken = counted.map((entry) => isTakenBack(run, entry));
  const gone = things.filter((_, index) => taken[index] === true);
  const total = formatDecimal(quantityOf(things));
  const steps = [
    { code: each === "event" ? "events_counted" : "first_events_counted", values: { event, value: total } },
    ...(gone.length === 0
      ? []
      : [{ code: "events_taken_back", values: { value: formatDecimal(quantityOf(gone)), held: "false" } }]),
  ];
  return payCounts(run, amount, things, { code: "events_paid", inputs: [{ name: event, value: total }], steps }, taken);
};

/** Whether it is the customer's first event of the type that the component would pay for, ever. */
function isFirst(run: Run, entry: Entry, seen: Set<string>): boolean {
  const { customerId } = entry;
  if (customerId === null || seen.has(customerId)) return false;
  seen.add(customerId);
  const { event, only, except, where } = run.component;
  const customer = run.customer(customerId);
  const reached =
    only === undefined && except === undefined && where === undefined ? customer?.milestones[event] : undefined;
  if (reached !== undefined && reached.day < run.first) return false;
  return !(customer?.entries ?? []).some((one) => {
    if (one.type !== event || one.day >= run.first) return false;
    return run.looksAt(one);
  });
}

/** Whether an event that takes amounts back came to the customer after it, in time. */
function isTakenBack(run: Run, entry: Entry): boolean {
  const { clawback } = run.component;
  if (clawback === "none" || entry.customerId === null) return false;
  const last: Day | null = clawback.within === "ever" ? null : addDays(entry.day, clawback.within.days);
  return (run.customer(entry.customerId)?.entries ?? []).some(
    (one) => clawback.on.includes(one.type) && !isEarlier(one, entry) && (last === null || one.day <= last),
  );
}

/** Of one day, what has no instant is not known to be earlier. */
function isEarlier(one: Entry, other: Entry): boolean {
  if (one.day !== other.day) return one.day < other.day;
  return one.at !== null && other.at !== null && one.at < other.at;
}
