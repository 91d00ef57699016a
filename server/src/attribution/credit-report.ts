import type { CreditQuery, CreditReport } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { dayOf, startOfDay } from "../kernel/period.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { programById } from "../programs/index.ts";
import { type ClickIds, type Conversion, conversionsOf, type JourneyStep, loadJourneys } from "../tracking/index.ts";
import type { Claim, CustomerState, Ownership } from "./contracts.ts";
import { type CreditedTouch, CreditTable } from "./core/credit.ts";
import { ownerOn } from "./core/ownership.ts";
import { type RulesTimeline, rulesOn } from "./core/timeline.ts";
import { windowDaysOf } from "./core/windows.ts";
import { rulesOfPrograms } from "./rules-of-programs.ts";
import { customersByIds } from "./store/customers.ts";
import { touchedClick } from "./touches.ts";

const DAY_MS = 86_400_000;
const AT_ONCE = 5_000;
/** More conversions are asked for in parts: the answer is worked out while somebody waits. */
const MOST_CONVERSIONS = 200_000;

/**
 * Credit of all touches on the way to conversions. A conversion that names a click has the journey that leads there; another one the
 * journey on which its customer was bound; without any touch in its window the owner has it whole, and without an owner nobody.
 * @throws Refusal `invalid_input` for odd days or more conversions than are worked out at once
 */
export async function creditReport(
  ctx: Context,
  actor: Actor,
  query: CreditQuery,
  clickIds: ClickIds,
): Promise<CreditReport> {
  const program = await programById(ctx.db, query.programId);
  if (program === undefined) throw notFound("program", query.programId);
  // Sums over everybody are for those who may see everybody.
  requirePermission(actor, "reports.read", { programId: query.programId });
  const { programId, from, to, event, by } = query;
  if (to <= from) throw invalid("to", to, "is not after the first day", "It is the first day that is not counted.");
  if (query.first + query.last > 100) throw invalid("last", String(query.last), "and first are more than 100 together");
  const found = await conversionsOf(ctx.db, {
    programId,
    type: event,
    from: startOfDay(from, program.timeZone),
    to: startOfDay(to, program.timeZone),
    limit: MOST_CONVERSIONS + 1,
  });
  if (found.length > MOST_CONVERSIONS)
    throw invalid("from", from, `and to hold more than ${MOST_CONVERSIONS} such events`, "Ask for fewer days.");
  const [rules] = (await rulesOfPrograms(ctx.db, [program])).values();
  if (rules === undefined) throw new Error(`program ${programId} has no rules`);
  const table = new CreditTable(query.models, {
    position: { first: query.first, middle: 100 - query.first - query.last, last: query.last },
    halfLifeDays: query.halfLifeDays,
  });
  const counts = { withJourney: 0, touches: 0 };
  const ways: Ways = { timeline: rules.timeline, timeZone: program.timeZone, programId, by, type: event };
  for (let start = 0; start < found.length; start += AT_ONCE)
    await addConversions(ctx, clickIds, found.slice(start, start + AT_ONCE), ways, table, counts);
  return { programId, from, to, event, by, conversions: found.length, ...counts, rows: rowsOf(table) };
}

interface Ways {
  readonly timeline: RulesTimeline;
  readonly timeZone: string;
  readonly programId: string;
  readonly by: CreditQuery["by"];
  /** of the events that are conversions */
  readonly type: string;
}

async function addConversions(
  ctx: Context,
  clickIds: ClickIds,
  conversions: readonly Conversion[],
  ways: Ways,
  table: CreditTable,
  counts: { withJourney: number; touches: number },
): Promise<void> {
  const customerIds = [...new Set(conversions.map((one) => one.customerId))];
  const customers = new Map((await customersByIds(ctx.db, customerIds)).map((state) => [state.customerId, state]));
  const asked = conversions.map((one) => ({ one, owner: ownerAt(customers.get(one.customerId), one, ways.timeZone) }));
  const starts = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  const { windowDays, impressionWindowDays } = ways.timeline.needs;
  for (const { one, owner } of asked) {
    for (const id of [one.clickId, owner?.clickId]) if (id != null) starts.add(id);
    const at = Math.min(one.at, owner?.boundAt?.getTime() ?? one.at);
    since = Math.min(since, at - Math.max(windowDays, impressionWindowDays) * DAY_MS);
  }
  const journeys = await loadJourneys(ctx.db, clickIds, starts, since);
  for (const { one, owner } of asked) {
    const journey = journeyOf(one, owner, journeys, ways);
    if (journey.length > 0) counts.withJourney += 1;
    counts.touches += journey.length;
    const whole = journey.length > 0 ? journey : [{ key: keyOf(owner, ways.by), age: 0 }];
    table.add({ journey: whole, times: 1n, amount: amountOf(one, ways.type) });
  }
}

function ownerAt(state: CustomerState | undefined, one: Conversion, timeZone: string): Ownership | undefined {
  return state === undefined ? undefined : ownerOn(state.owners, dayOf(new Date(one.at), timeZone));
}

function journeyOf(
  one: Conversion,
  owner: Ownership | undefined,
  journeys: ReadonlyMap<string, readonly JourneyStep[]>,
  ways: Ways,
): CreditedTouch[] {
  const own = one.clickId === null ? [] : touchesBefore(journeys.get(one.clickId) ?? [], one.at, ways);
  if (own.length > 0 || owner?.clickId == null || owner.boundAt === null) return own;
  return touchesBefore(journeys.get(owner.clickId) ?? [], owner.boundAt.getTime(), ways);
}

/** The steps that could have claimed an event at that time, the oldest first. */
function touchesBefore(steps: readonly JourneyStep[], at: number, ways: Ways): CreditedTouch[] {
  const { rules } = rulesOn(ways.timeline, dayOf(new Date(at), ways.timeZone));
  return steps
    .flatMap(({ kind, click }) => {
      const touch = touchedClick(click);
      if (touch === null || !touch.counted || touch.partnerId === null || touch.programId !== ways.programId) return [];
      const age = at - touch.at;
      const within = age >= 0 && age <= windowDaysOf(rules, kind, touch) * DAY_MS;
      return within && rules.priority.includes(kind) ? [{ key: keyOf(touch, ways.by), age }] : [];
    })
    .sort((a, b) => b.age - a.age);
}

const NOBODY = "";

function keyOf(touch: Pick<Claim, "partnerId" | "offerId" | "linkId"> | undefined, by: CreditQuery["by"]): string {
  if (by === "partner") return touch?.partnerId ?? NOBODY;
  return (by === "offer" ? touch?.offerId : touch?.linkId) ?? NOBODY;
}

/** What the event is worth: the measure of its own name, or what is left of an activity, or a trade's commission. */
function amountOf({ measures, currency }: Conversion, type: string): { minor: bigint; currency: string } | null {
  const minor = measures[type] ?? measures.ngr ?? measures.commission;
  return minor === undefined || currency === null ? null : { minor: BigInt(minor), currency };
}

/** A row for everybody who has credit under any model, by id. */
function rowsOf(table: CreditTable): CreditReport["rows"] {
  const keys = new Set([...table.sums.values()].flatMap((sums) => [...sums.keys()]));
  const rows = [...keys].sort().map((key) => ({
    id: key === NOBODY ? null : key,
    credits: [...table.sums].map(([model, sums]) => {
      const own = sums.get(key);
      const amounts = [...(own?.amounts ?? [])].map(([currency, minor]) => ({ minor: String(minor), currency }));
      return { model, conversions: own?.conversions.toString() ?? "0", amounts };
    }),
  }));
  return rows.filter((row) => row.credits.some((one) => one.conversions !== "0" || one.amounts.length > 0));
}
