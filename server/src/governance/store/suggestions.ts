import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";
import type { CapFull, LinkSeen, OfferSeen, PageDead, Proposal } from "../core/tidy.ts";

export type SuggestionRow = Selectable<Schema["governance.suggestion"]>;
const NEWEST = { name: "newest", columns: ["suggestion_id"], direction: "desc" } as const;

export async function putTraffic(db: Db, days: ReadonlyMap<string, string>): Promise<void> {
  const rows = JSON.stringify([...days].map(([link, day]) => ({ link, day })));
  await sql`insert into governance.traffic (link_id, last_day)
    select link, day from json_to_recordset(${rows}::json) as r(link text, day date)
    on conflict (link_id) do update set last_day = greatest(traffic.last_day, excluded.last_day)`.execute(db);
}

/** Active links of active or paused offers, in the order of their ids. */
export async function activeLinks(db: Db, after: string, limit: number): Promise<readonly LinkSeen[]> {
  const rows = await db
    .selectFrom("governance.link_record as l")
    .leftJoin("governance.traffic as t", "t.link_id", "l.link_id")
    .selectAll("l")
    .select("t.last_day")
    .where("l.status", "=", "active")
    .where("l.link_id", ">", after)
    .orderBy("l.link_id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    linkId: row.link_id ?? "",
    code: row.code ?? "",
    name: row.name ?? "",
    programId: row.program_id ?? "",
    partnerId: row.partner_id ?? "",
    createdAt: row.created_at ?? new Date(0),
    partnerStatus: row.partner_status ?? "",
    hadTerms: row.had_terms ?? false,
    hasTerms: row.has_terms ?? false,
    lastDay: row.last_day,
  }));
}

export async function activeOffers(db: Db): Promise<readonly OfferSeen[]> {
  const rows = await db.selectFrom("governance.offer_state").selectAll().where("status", "=", "active").execute();
  return rows.map((row) => ({
    offerId: row.offer_id ?? "",
    name: row.name ?? "",
    programId: row.program_id ?? "",
    createdAt: row.created_at ?? new Date(0),
    endsAt: row.ends_at,
    liveLinks: row.live_links ?? 0,
    lastDay: row.last_day,
  }));
}

export async function fullCaps(db: Db): Promise<readonly CapFull[]> {
  const rows = await db.selectFrom("governance.full_cap").selectAll().execute();
  return rows.map((row) => ({
    capId: row.cap_id ?? "",
    name: row.name ?? "",
    programId: row.program_id ?? "",
    partnerId: row.partner_id,
    reachedAt: row.reached_at ?? new Date(0),
  }));
}

/** Landing pages of active offers: the offer's own, and those that it rotates. */
export async function landingPages(
  db: Db,
): Promise<readonly Pick<PageDead, "subjectKind" | "subjectId" | "name" | "programId" | "url">[]> {
  const offers = await db
    .selectFrom("governance.offer_state")
    .select(["offer_id", "name", "program_id", "landing_url"])
    .where("status", "=", "active")
    .execute();
  const pages = await db.selectFrom("governance.landing_record").selectAll().execute();
  return [
    ...offers.map((row) => ({
      subjectKind: "offer" as const,
      subjectId: row.offer_id ?? "",
      name: row.name ?? "",
      programId: row.program_id ?? "",
      url: row.landing_url ?? "",
    })),
    ...pages.map((row) => ({
      subjectKind: "landing_page" as const,
      subjectId: row.landing_id ?? "",
      name: row.name ?? "",
      programId: row.program_id ?? "",
      url: row.url ?? "",
    })),
  ];
}

/**
 * What is proposed now: new ones come in, those that stand get their figures, open ones that are no more are gone. What a person dismissed
 * stays dismissed while it is still so.
 */
export async function settleSuggestions(
  db: Db,
  proposals: readonly Proposal[],
  nextId: () => string,
  now: Date,
): Promise<void> {
  const rows = proposals.map((one) => ({ ...one, id: nextId(), facts: one.facts }));
  const json = JSON.stringify(rows);
  await sql`
    with wanted as (
      select * from json_to_recordset(${json}::json) as r(id text, kind text, "subjectKind" text, "subjectId" text, "subjectName" text,
        "partnerId" text, "programId" text, action text, facts jsonb)),
    gone as (
      update governance.suggestion s set state = 'gone', decided_at = ${now}
      where s.state in ('open', 'dismissed')
        and not exists (select from wanted w where w.kind = s.kind and w."subjectId" = s.subject_id))
    insert into governance.suggestion (suggestion_id, kind, state, subject_kind, subject_id, subject_name, partner_id, program_id, action,
      facts, found_at)
    select id, kind, 'open', "subjectKind", "subjectId", "subjectName", "partnerId", "programId", action, facts, ${now} from wanted
    on conflict (kind, subject_id) where state in ('open', 'dismissed') do update set facts = excluded.facts,
      subject_name = excluded.subject_name, action = excluded.action
      where suggestion.facts is distinct from excluded.facts`.execute(db);
}

export interface SuggestionFilter {
  readonly kind?: readonly string[] | undefined;
  readonly state?: readonly string[] | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
}

export async function suggestionPage(
  db: Db,
  within: RecordReach,
  filter: SuggestionFilter,
  page: PageRequest,
): Promise<Page<SuggestionRow>> {
  let query = whereWithin(db.selectFrom("governance.suggestion").selectAll(), within, "partner_id", "program_id");
  if (filter.kind) query = query.where("kind", "in", [...filter.kind]);
  if (filter.state) query = query.where("state", "in", [...filter.state]);
  if (filter.programId) query = query.where("program_id", "in", [...filter.programId]);
  if (filter.partnerId) query = query.where("partner_id", "in", [...filter.partnerId]);
  return await keysetPage(query, NEWEST, page);
}

export async function suggestionsByIds(
  db: Db,
  within: RecordReach,
  ids: readonly string[],
): Promise<readonly SuggestionRow[]> {
  const query = db
    .selectFrom("governance.suggestion")
    .selectAll()
    .where("suggestion_id", "in", [...ids]);
  return await whereWithin(query, within, "partner_id", "program_id").orderBy("suggestion_id").execute();
}

export async function decideSuggestion(
  db: Db,
  id: string,
  change: Partial<Pick<SuggestionRow, "state" | "decided_by" | "decided_at" | "reason" | "before" | "after_revision">>,
): Promise<void> {
  await db.updateTable("governance.suggestion").set(change).where("suggestion_id", "=", id).execute();
}

export interface PageRow {
  readonly url: string;
  readonly host: string;
  readonly misses: number;
}

/** Pages that are new come in, those that nobody uses any more go out. */
export async function keepPages(
  db: Db,
  pages: readonly { readonly url: string; readonly host: string }[],
  now: Date,
): Promise<void> {
  const json = JSON.stringify(pages);
  await sql`
    with wanted as (select distinct url, host from json_to_recordset(${json}::json) as r(url text, host text)),
    gone as (delete from governance.page_check c where not exists (select from wanted w where w.url = c.url))
    insert into governance.page_check (url, host, next_at) select url, host, ${now} from wanted on conflict (url) do nothing`.execute(
    db,
  );
}

/** Pages whose time has come, one per host, so that nobody's server is asked for many at once. */
export async function duePages(db: Db, now: Date, limit: number): Promise<readonly PageRow[]> {
  const { rows } = await sql<PageRow>`
    select url, host, misses from (
      select distinct on (host) url, host, misses, next_at from governance.page_check where next_at <= ${now} order by host, next_at) one
    order by next_at limit ${limit}`.execute(db);
  return rows;
}

export async function notePage(
  db: Db,
  url: string,
  seen: {
    readonly outcome: string;
    readonly status: number | null;
    readonly detail: string;
    readonly finalUrl: string;
    readonly misses: number;
    readonly nextAt: Date;
  },
  now: Date,
): Promise<void> {
  await sql`
    update governance.page_check set checked_at = ${now}, next_at = ${seen.nextAt}, status = ${seen.status}, detail = ${seen.detail},
      final_url = ${seen.finalUrl}, misses = ${seen.misses},
      since = case when outcome = ${seen.outcome} and since is not null then since else ${now} end, outcome = ${seen.outcome}
    where url = ${url}`.execute(db);
}

export async function deadPages(db: Db, misses: number) {
  return await db.selectFrom("governance.page_check").selectAll().where("misses", ">=", misses).execute();
}
