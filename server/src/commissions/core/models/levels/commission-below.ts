import { add, type Decimal, decimal, divide, formatDecimal, multiply, ZERO } from "../../../../kernel/decimal.ts";
import { addDays, type Day, lastDay } from "../../../../kernel/period.ts";
import type { Earned } from "../../entries.ts";
import { matches, matchesAny } from "../../match.ts";
import type { Chain } from "../../tree.ts";
import type { Below, PaysBy } from "./brought.ts";
import { chainKey, monthThing, type Thing } from "./by-level.ts";

const SHARE_PLACES = 18;

type Asked = Pick<PaysBy<"percent_of_commission">, "models" | "components" | "ownSubPartners" | "moved">;

/** What each sub-partner earned in the month as the component asks, where it stood when it earned it. */
export function commissionBelow(below: Below, asked: Asked): Thing[] {
  const rows = below.earned();
  const counted = rows.filter((row) => isAsked(row, asked));
  const given = rebates(below, rows);
  const places = new Map<string, { chain: Chain; earned: Decimal; given: Decimal }>();
  const note = (row: Earned, what: "earned" | "given") => {
    for (const { chain, value } of placesOf(below, row, asked.moved)) {
      const key = chainKey(chain);
      const place = places.get(key) ?? { chain, earned: ZERO, given: ZERO };
      places.set(key, { ...place, [what]: add(place[what], value) });
    }
  };
  for (const row of counted) note(row, "earned");
  for (const row of given) note(row, "given");
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { chain, earned, given }]) =>
      monthThing(below, chain, add(earned, given), afterRebate(below, earned, given)),
    );
}

/** Lines of the sub-partners that give a part of their commission away, as far as the component deducts them. They are negative. */
export function rebates(below: Below, rows: readonly Earned[]): readonly Earned[] {
  const { afterRebate } = below.run.component;
  if (afterRebate === false) return [];
  const given = rows.filter((row) => row.model === "client_rebate");
  return afterRebate === true ? given : given.filter((row) => afterRebate.includes(row.component));
}

/** What sub-partners gave to their customers, by the place where they stood at the month's end. */
export function rebatesBelow(below: Below): Thing[] {
  return rebates(below, below.earned()).flatMap((row) =>
    placesOf(below, row, "last_day").map(({ chain, value }) => ({
      ...monthThing(below, chain, value),
      code: "level_rebate",
    })),
  );
}

function afterRebate(below: Below, earned: Decimal, given: Decimal): Thing["steps"] {
  if (given.units === 0n) return [];
  const arithmetic = `${formatDecimal(earned)} − ${formatDecimal(multiply(given, decimal(-1)))}`;
  return [
    {
      code: "level_after_rebate",
      values: { arithmetic, value: formatDecimal(add(earned, given)), currency: below.run.plan.currency },
    },
  ];
}

function isAsked(row: Earned, asked: Asked): boolean {
  if (row.model === "client_rebate") return false;
  if (asked.models !== undefined && !asked.models.includes(row.model)) return false;
  if (asked.components !== undefined && !asked.components.includes(row.component)) return false;
  return row.model !== "sub_partner" || asked.ownSubPartners === "included";
}

/** Where a row belongs: the place on its day; a month's on its last, or divided by the days of each place. */
function placesOf(below: Below, row: Earned, moved: "last_day" | "by_days"): { chain: Chain; value: Decimal }[] {
  if (row.day !== undefined || moved === "last_day") {
    const chain = placeOn(below, row, row.day ?? lastDay(row.month));
    return chain === null ? [] : [{ chain, value: row.value }];
  }
  const days = daysOf(row.month).filter((day) => below.tree.edgeOn(row.partnerId, day) !== undefined);
  const found = days.flatMap((day) => {
    const chain = placeOn(below, row, day);
    return chain === null ? [] : [chain];
  });
  return [...Map.groupBy(found, chainKey).values()].map((chains) => ({
    chain: chains[0] as Chain,
    value:
      chains.length === days.length
        ? row.value
        : divide(multiply(row.value, decimal(chains.length)), decimal(days.length), SHARE_PLACES),
  }));
}

function placeOn(below: Below, row: Earned, day: Day): Chain | null {
  if (!below.covers(day)) return null;
  const chain = below.chainOn(row.partnerId, day);
  if (chain === null) return null;
  const about = { customer: below.run.customer(row.customerId), partner: below.attributes(chain, day) };
  const { only, except } = below.run.component;
  return matches(about, only) && !matchesAny(about, except) ? chain : null;
}

function daysOf(month: Day): Day[] {
  const last = lastDay(month);
  const days: Day[] = [];
  for (let day = month; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
