import { add, type Decimal, decimal, ZERO } from "../../../../kernel/decimal.ts";
import { type Day, monthOf } from "../../../../kernel/period.ts";
import { matches, matchesAny } from "../../match.ts";
import type { Below, PaysBy } from "./brought.ts";
import { sharedByLevel, type Thing } from "./by-level.ts";
import type { Shared } from "./shares.ts";

/** An amount for each sub-partner that the partner brought: one whose first parent partner it was. */
export function perReferral(below: Below, pays: PaysBy<"per_referral">): Shared {
  const things = below.tree.partners().flatMap((partnerId) => {
    const joined = below.tree.edgesOf(partnerId)[0];
    if (joined?.parentId !== below.run.facts.partnerId) return [];
    const day = pays.needs === "joined" ? joined.from : firstEarned(below, partnerId, joined.from);
    return day === null ? [] : thingOf(below, partnerId, day);
  });
  return sharedByLevel(below, things, [pays.amount], "referrals", false);
}

function thingOf(below: Below, partnerId: string, day: Day): Thing[] {
  const chain = below.covers(day) ? below.chainOn(partnerId, day) : null;
  if (chain === null || chain.length > 1) return [];
  const about = { partner: below.attributes(chain, day) };
  const { only, except } = below.run.component;
  if (!matches(about, only) || matchesAny(about, except)) return [];
  return [{ chain, base: decimal(1), day, at: null, about, name: partnerId }];
}

/** The last day covered of the month, when it is the first in which the sub-partner's earnings came to something. */
function firstEarned(below: Below, partnerId: string, joined: Day): Day | null {
  const rows = below.run.facts.earned.filter((row) => row.partnerId === partnerId && row.month >= monthOf(joined));
  const months = [...Map.groupBy(rows, (row) => row.month)]
    .filter(([, same]) => same.reduce((sum: Decimal, row) => add(sum, row.value), ZERO).units > 0n)
    .map(([month]) => month)
    .sort();
  return months[0] === below.run.month ? below.last : null;
}
