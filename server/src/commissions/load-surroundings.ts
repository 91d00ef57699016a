import { customersOfPartners } from "../attribution/index.ts";
import type { Db } from "../database/index.ts";
import { currency as currencyOf, toDecimal } from "../kernel/money.ts";
import { type PartnerBelow, subPartnersBelow } from "../partners/index.ts";
import { allPrograms } from "../programs/index.ts";
import type { Customer, Earned, Entry, SubPartner } from "./core/entries.ts";
import { customerOfDays, trafficEntries } from "./load-facts.ts";
import { type LoadOptions, type Owned, ownedBy, ownership, type PairBasics } from "./load-owners.ts";
import * as facts from "./store/facts.ts";

export async function trees(db: Db, pairs: readonly PairBasics[]): Promise<ReadonlyMap<string, readonly SubPartner[]>> {
  const asking = [...new Set(pairs.filter((pair) => pair.needs.subPartners).map((pair) => pair.partnerId))];
  const found = await subPartnersBelow(db, asking);
  return new Map([...found].map(([partnerId, below]) => [partnerId, below.map(subPartner)]));
}

/** Each once: who was moved stands in the tree for each of its times. */
function namesOf(below: readonly SubPartner[] | undefined): readonly string[] {
  return [...new Set((below ?? []).map((sub) => sub.partnerId))];
}

function subPartner(one: PartnerBelow): SubPartner {
  return {
    partnerId: one.partnerId,
    parentId: one.parentId,
    from: one.from ?? facts.FIRST_DAY,
    until: one.until,
    active: one.active,
    attributes: one.attributes,
  };
}

export async function subPartnerCustomers(
  db: Db,
  pairs: readonly PairBasics[],
  below: ReadonlyMap<string, readonly SubPartner[]>,
  options: LoadOptions,
): Promise<Owned[]> {
  const wanted = pairs.flatMap((pair, position) =>
    pair.needs.subPartnerFacts
      ? namesOf(below.get(pair.partnerId)).map((partnerId) => ({ partnerId, programId: pair.programId, position }))
      : [],
  );
  if (wanted.length === 0) return [];
  const rows = Map.groupBy(await ownedBy(db, wanted, options), (row) => `${row.programId} ${row.partnerId}`);
  return wanted.flatMap(({ partnerId, programId, position }) =>
    (rows.get(`${programId} ${partnerId}`) ?? []).map((row) => ({ ...ownership(row, ""), position })),
  );
}

/** The partner's customers in the operator's other programs, day by day. */
export async function elsewhereOf(
  db: Db,
  pairs: readonly PairBasics[],
): Promise<ReadonlyMap<number, readonly Customer[]>> {
  const asking = pairs.flatMap((pair, position) => (pair.needs.otherPrograms ? [{ pair, position }] : []));
  if (asking.length === 0) return new Map();
  // Whether the partner has terms of its own there does not matter: those that look at every program are here.
  const programs = await allPrograms(db);
  const codes = new Map(programs.map((one) => [one.programId, one.code]));
  const result = new Map<number, Customer[]>();
  for (const { pair, position } of asking) {
    const { partnerId } = pair;
    const others = programs.flatMap(({ programId }) =>
      programId === pair.programId ? [] : [{ partnerId, programId }],
    );
    const owned = (await customersOfPartners(db, others)).map((row) => {
      const one = ownership(row, "");
      return { ...one, attributes: { ...one.attributes, program: codes.get(row.programId) ?? row.programId } };
    });
    const ids = [...new Set(owned.map((one) => one.customerId))];
    const milestones = new Map((await facts.readMilestones(db, ids)).map((row) => [row.customer_id, row]));
    const rows = await facts.readMovements(db, ids, { since: facts.FIRST_DAY, life: [] });
    const movements = Map.groupBy(rows, (row) => row.customer_id);
    result.set(
      position,
      owned.map((one) =>
        customerOfDays(one, pair.timeZone, milestones.get(one.customerId), movements.get(one.customerId) ?? []),
      ),
    );
  }
  return result;
}

export async function entriesOfTraffic(
  db: Db,
  pairs: readonly PairBasics[],
): Promise<ReadonlyMap<number, readonly Entry[]>> {
  if (!pairs.some((pair) => pair.needs.traffic)) return new Map();
  const rows = Map.groupBy(await facts.readTraffic(db, pairs), (row) => row.group);
  return new Map([...rows].map(([position, own]) => [position, own.flatMap(trafficEntries)]));
}

/** What sub-partners earned in the same program, and the partner itself in the months before. */
export async function earnedOf(
  db: Db,
  pairs: readonly PairBasics[],
  below: ReadonlyMap<string, readonly SubPartner[]>,
): Promise<ReadonlyMap<number, readonly Earned[]>> {
  const wanted = pairs.flatMap((pair, position) => {
    if (!pair.needs.earned) return [];
    const subs = namesOf(below.get(pair.partnerId));
    return [pair.partnerId, ...subs].map((partnerId) => ({ partnerId, programId: pair.programId, position }));
  });
  const result = new Map<number, Earned[]>();
  for (const row of await facts.readEarned(db, wanted)) {
    const position = wanted[row.group]?.position;
    const pair = position === undefined ? undefined : pairs[position];
    if (position === undefined || pair === undefined) continue;
    if (row.partner_id === pair.partnerId && row.month >= pair.from) continue;
    const own = result.get(position) ?? [];
    const value = toDecimal({ minor: row.amount_minor, currency: currencyOf(row.currency) });
    own.push({
      partnerId: row.partner_id,
      component: row.component,
      model: row.model,
      month: row.month,
      customerId: row.customer_id,
      currency: row.currency,
      value,
      ...(row.day === null ? {} : { day: row.day }),
    });
    result.set(position, own);
  }
  return result;
}
