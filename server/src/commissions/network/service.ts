import type {
  MoneyValue,
  PlanLanguage,
  SubPartnerNode,
  SubPartnerTree,
  SubPartnerTreeQuery,
} from "@tributary/contract";
import { type Actor, can, isWithin } from "../../access/index.ts";
import { type AcceptedTerms, acceptedTerms, allPairs, termsInForce } from "../../agreements/index.ts";
import { customersOfPartners } from "../../attribution/index.ts";
import type { Context, Db } from "../../database/index.ts";
import { publicNumber } from "../../kernel/ids.ts";
import { addMonths, dayOf, lastDay, type Month, monthOf, startOfDay } from "../../kernel/period.ts";
import { notFound } from "../../kernel/refusals.ts";
import { type PartnerBelow, partnersByIds, reachOf, subPartnersBelow } from "../../partners/index.ts";
import { allPrograms, type ProgramFacts } from "../../programs/index.ts";
import { levelRate } from "../core/level-rate.ts";
import { componentInWords } from "../core/words/names.ts";
import * as store from "./store/month.ts";

interface Place {
  readonly now: PartnerBelow;
  readonly before: readonly PartnerBelow[];
  readonly level: number;
}

interface Asked {
  readonly whole: Db;
  readonly top: string;
  readonly program: ProgramFacts;
  readonly month: Month;
  readonly language: PlanLanguage;
  readonly forPartner: boolean;
}

/**
 * The partners below one, in a month and program: where each stands and stood, what it brought and earned, and what the one at the top earned on it. A
 * partner sees its own tree as far as the program shows it; these are other partners' rows, so they are read past row-level security, and only here.
 * @throws Refusal `not_found` for a partner that the reader may not see
 */
export async function subPartnerTree(
  ctx: Context,
  actor: Actor,
  query: SubPartnerTreeQuery,
  whole: Db,
): Promise<SubPartnerTree> {
  const top = query.partnerId ?? actor.partnerId ?? "";
  const within = await reachOf(ctx, actor, "statements.read");
  const [partner] = await partnersByIds(ctx.db, [top]);
  if (partner === undefined || !can(actor, "statements.read") || !isWithin(within, { partnerId: top }))
    throw notFound("partner", top);
  const pairs = new Set((await allPairs(whole)).filter((one) => one.partnerId === top).map((one) => one.programId));
  const programs = (await allPrograms(whole)).filter((one) => pairs.has(one.programId));
  const program = programs.find((one) => one.programId === query.programId) ?? programs[0];
  const month: Month =
    query.month === undefined ? monthOf(dayOf(ctx.clock.now(), program?.timeZone ?? "UTC")) : `${query.month}-01`;
  const forPartner = actor.partnerId !== undefined;
  const view = program === undefined ? "nothing" : forPartner ? program.subPartnerView : "partner";
  const asked = program && { whole, top, program, month, language: query.language, forPartner };
  const nodes = asked === undefined || view === "nothing" ? [] : await nodesOf(asked);
  return {
    top: { id: top, name: partner.name },
    programs: programs.map((one) => ({ id: one.programId, name: one.name })),
    programId: program?.programId ?? null,
    month: month.slice(0, 7),
    view,
    nodes: view === "partner" ? nodes : [],
    totals: totalsOf(nodes),
  };
}

async function nodesOf(asked: Asked): Promise<SubPartnerNode[]> {
  const { whole, top, program, month } = asked;
  const below = (await subPartnersBelow(whole, [top])).get(top) ?? [];
  const places = placesIn(top, below, month);
  const ids = [...places.keys()];
  const parents = [...new Set(below.map((one) => one.parentId))];
  const names = new Map((await partnersByIds(whole, [...ids, ...parents])).map((one) => [one.partnerId, one.name]));
  const pairs = ids.map((partnerId) => ({ partnerId, programId: program.programId }));
  const terms = Map.groupBy(
    await acceptedTerms(whole, [...pairs, { partnerId: top, programId: program.programId }]),
    (one) => one.partnerId,
  );
  const earned = Map.groupBy(await store.earnedIn(whole, program.programId, ids, month), (one) => one.partner_id);
  const overrides = Map.groupBy(await store.overridesIn(whole, program.programId, top, month), (one) => one.partner_id);
  const brought = await broughtBy(asked, pairs);
  const known = (id: string) => names.get(id) ?? null;
  const byName = ids.toSorted((a, b) => ((known(a) ?? a) < (known(b) ?? b) ? -1 : 1));
  return byName.map((id): SubPartnerNode => {
    const { now, before, level } = places.get(id) as Place;
    const moves = before.map((one) => ({
      // A partner above the tree, or beside it, is nobody that the one at the top need know.
      parentName: asked.forPartner && one.parentId !== top && !places.has(one.parentId) ? null : known(one.parentId),
      from: one.from,
      until: one.until,
    }));
    return {
      id,
      name: known(id) ?? id,
      parentId: now.parentId,
      level,
      active: now.active,
      since: now.from,
      until: now.until,
      moves,
      rate: rateOn(terms.get(top) ?? [], level, wayTo(id, places), asked),
      plan: asked.forPartner ? null : planOf(terms.get(id) ?? [], asked),
      ...(brought.get(id) ?? NOTHING),
      earned: (earned.get(id) ?? []).map(moneyOf),
      override: (overrides.get(id) ?? []).map((row) => ({ ...moneyOf(row), lineId: publicNumber("cln", row.line_id) })),
    };
  });
}

/** Who stands where on the last day of the month, level by level; those who left during the month stand where they stood last. */
function placesIn(top: string, below: readonly PartnerBelow[], month: Month): Map<string, Place> {
  const last = lastDay(month);
  const began = below.filter((one) => (one.from ?? "") <= last && (one.until === null || one.until > month));
  const periods = Map.groupBy(below, (one) => one.partnerId);
  const now = new Map<string, PartnerBelow>();
  for (const one of began.toSorted((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1))) now.set(one.partnerId, one);
  const places = new Map<string, Place>();
  let parents = [top];
  for (let level = 1; parents.length > 0; level += 1) {
    const children = [...now.values()].filter((one) => parents.includes(one.parentId) && !places.has(one.partnerId));
    for (const one of children) {
      const before = (periods.get(one.partnerId) ?? []).filter((other) => (other.from ?? "") < (one.from ?? ""));
      places.set(one.partnerId, { now: one, before, level });
    }
    parents = children.map((one) => one.partnerId);
  }
  return places;
}

type Brought = Pick<SubPartnerNode, "customers" | "registrations" | "ftds" | "deposits">;
const NOTHING: Brought = { customers: 0, registrations: 0, ftds: 0, deposits: [] };

async function broughtBy(
  { whole, program, month }: Asked,
  pairs: readonly { readonly partnerId: string; readonly programId: string }[],
): Promise<ReadonlyMap<string, Brought>> {
  const last = lastDay(month);
  const owned = (await customersOfPartners(whole, pairs)).filter(
    (one) => (one.ownedFrom ?? "") <= last && (one.ownedUntil === null || one.ownedUntil > month),
  );
  const ids = [...new Set(owned.map((one) => one.customerId))];
  const from = startOfDay(month, program.timeZone);
  const to = startOfDay(addMonths(month, 1), program.timeZone);
  const reached = new Map((await store.reachedIn(whole, ids, from, to)).map((one) => [one.customer_id, one]));
  const deposits = Map.groupBy(await store.depositsOf(whole, ids, month, last), (one) => one.customer_id);
  const byPartner = Map.groupBy(owned, (one) => one.partnerId);
  return new Map(
    [...byPartner].map(([partnerId, own]): [string, Brought] => [
      partnerId,
      {
        customers: own.length,
        registrations: own.filter((one) => reached.get(one.customerId)?.registered === true).length,
        ftds: own.filter((one) => reached.get(one.customerId)?.deposited === true).length,
        deposits: summed(own.flatMap((one) => deposits.get(one.customerId) ?? []).map(moneyOf)),
      },
    ]),
  );
}

/** A partner and those between it and the top, by what their records state. */
function wayTo(id: string, places: ReadonlyMap<string, Place>): Readonly<Record<string, string>>[] {
  const way: Readonly<Record<string, string>>[] = [];
  for (let at = places.get(id); at !== undefined; at = places.get(at.now.parentId)) way.push(at.now.attributes);
  return way;
}

/** `10 %` of the terms in force at the end of the month; several components stand beside each other. */
function rateOn(
  terms: readonly AcceptedTerms[],
  level: number,
  way: readonly Readonly<Record<string, string>>[],
  { month }: Asked,
): string | null {
  const plan = termsInForce(terms, lastDay(month))?.plan;
  const rates = (plan?.components ?? []).flatMap((one) =>
    one.model === "sub_partner" ? (levelRate(one.pays, level, plan?.currency ?? "", way) ?? []) : [],
  );
  return rates.length === 0 ? null : rates.join(" + ");
}

function planOf(terms: readonly AcceptedTerms[], { month, language }: Asked): string | null {
  const plan = termsInForce(terms, lastDay(month))?.plan;
  if (plan === undefined) return null;
  return plan.name ?? plan.components.map((one) => componentInWords(one.model, one.code, language)).join(", ");
}

function totalsOf(nodes: readonly SubPartnerNode[]): SubPartnerTree["totals"] {
  const sum = (name: "customers" | "registrations" | "ftds") => nodes.reduce((all, one) => all + one[name], 0);
  return {
    partners: nodes.length,
    customers: sum("customers"),
    registrations: sum("registrations"),
    ftds: sum("ftds"),
    earned: summed(nodes.flatMap((one) => one.earned)),
    override: summed(nodes.flatMap((one) => one.override)),
  };
}

function moneyOf({ currency, minor }: { readonly currency: string; readonly minor: bigint }): MoneyValue {
  return { minor: String(minor), currency };
}

function summed(amounts: readonly MoneyValue[]): MoneyValue[] {
  const sums = new Map<string, bigint>();
  for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ currency, minor: String(minor) }));
}
