import type { Context } from "../database/index.ts";
import { addDays, dayOf } from "../kernel/period.ts";
import { type AddressPolicy, lookAtPage } from "../tracking/index.ts";
import { MISSES_TO_BE_DEAD, nextLook, outcomeOf } from "./core/page-outcome.ts";
import { aboutCap, aboutLink, aboutOffer, aboutPage, type Proposal, QUIET_OFFER_DAYS } from "./core/tidy.ts";
import * as store from "./store/suggestions.ts";

const LINKS_AT_ONCE = 10_000;
const PAGES_AT_ONCE = 40;
const AT_THE_SAME_TIME = 4;

/** What governance asks of others that it may not call. */
export interface TidyNeeds {
  /** the last day with a counted click, by link, since a day; undefined: the analytics lag, so that silence would say nothing */
  readonly lastTraffic: (since: string) => Promise<ReadonlyMap<string, string> | undefined>;
  readonly policy: AddressPolicy;
}

/** Goes through links, offers, caps and pages and keeps what might be tidied up. @returns how many proposals stand; undefined: not looked at now */
export async function lookForTidying(ctx: Context, needs: TidyNeeds): Promise<number | undefined> {
  const now = ctx.clock.now();
  const since = addDays(dayOf(now, "UTC"), -2 * QUIET_OFFER_DAYS);
  const traffic = await needs.lastTraffic(since);
  if (traffic === undefined) return undefined;
  await store.putTraffic(ctx.db, traffic);
  const proposals: Proposal[] = [];
  for (let after = ""; ; ) {
    const links = await store.activeLinks(ctx.db, after, LINKS_AT_ONCE);
    if (links.length === 0) break;
    proposals.push(...links.flatMap((link) => aboutLink(link, now) ?? []));
    after = links.at(-1)?.linkId ?? after;
  }
  proposals.push(...(await store.activeOffers(ctx.db)).flatMap((offer) => aboutOffer(offer, now) ?? []));
  proposals.push(...(await store.fullCaps(ctx.db)).flatMap((cap) => aboutCap(cap, now) ?? []));
  proposals.push(...(await deadPages(ctx)));
  await store.settleSuggestions(ctx.db, proposals, () => ctx.ids.next("sug"), now);
  return proposals.length;
}

async function deadPages(ctx: Context): Promise<readonly Proposal[]> {
  const pages = await store.landingPages(ctx.db);
  const dead = new Map((await store.deadPages(ctx.db, MISSES_TO_BE_DEAD)).map((row) => [row.url, row]));
  return pages.flatMap((page) => {
    const found = dead.get(plainAddress(page.url) ?? "");
    if (found === undefined) return [];
    const { outcome, status, since } = found;
    return [aboutPage({ ...page, url: found.url, outcome, status, since: since ?? ctx.clock.now() })];
  });
}

/**
 * Asks for landing pages whose time has come: one per host, a few at a time, each at most once an hour. A page is called dead only when it
 * failed twice in a row.
 */
export async function lookAtPages(ctx: Context, needs: Pick<TidyNeeds, "policy">): Promise<number> {
  const pages = (await store.landingPages(ctx.db)).flatMap(({ url }) => plainAddress(url) ?? []);
  const known = pages.map((url) => ({ url, host: URL.parse(url)?.hostname ?? "" }));
  await store.keepPages(ctx.db, known, ctx.clock.now());
  const due = [...(await store.duePages(ctx.db, ctx.clock.now(), PAGES_AT_ONCE))];
  const total = due.length;
  const workers = Array.from({ length: AT_THE_SAME_TIME }, async () => {
    for (let page = due.shift(); page !== undefined; page = due.shift()) await lookAt(ctx, page, needs.policy);
  });
  await Promise.all(workers);
  return total;
}

async function lookAt(ctx: Context, page: store.PageRow, policy: AddressPolicy): Promise<void> {
  const seen = outcomeOf(await lookAtPage(page.url, ctx.clock.now(), policy));
  const now = ctx.clock.now();
  await store.notePage(ctx.db, page.url, { ...seen, ...nextLook(seen.outcome, page.misses, now) }, now);
}

/** A landing page's address without what is filled in for each click; null: it cannot be asked for. */
function plainAddress(address: string): string | null {
  const url = URL.parse(address.replaceAll(/\{[a-z0-9_]+\}/gi, ""));
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  for (const [name, value] of [...url.searchParams]) if (value === "") url.searchParams.delete(name);
  return url.href;
}
