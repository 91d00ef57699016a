import { sql } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";
import { whereWithin } from "../../../partners/index.ts";
import type { CallOutcome, DeliveryDraft, MacroValues, SentRequest } from "../contracts.ts";
import type { NextStep } from "../core/schedule.ts";

export interface DeliveryRow {
  readonly delivery_id: bigint;
  readonly postback_id: string;
  readonly partner_id: string;
  readonly program_id: string | null;
  readonly event_id: bigint | null;
  readonly occasion: string;
  readonly values: MacroValues;
  readonly state: "waiting" | "delivered" | "dead";
  readonly outcome: "answered" | "gave_up" | "archived" | null;
  readonly attempts: number;
  readonly next_at: Date | null;
  readonly window_from: Date;
  readonly created_at: Date;
  readonly settled_at: Date | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly at: Date;
  readonly url: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number | null;
  readonly response: string | null;
  readonly method: string | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: string | null;
}

/** Queues deliveries in one statement; those that were queued before (same dedupe key) are left alone. @returns how many are new */
export async function insertDeliveries(db: Db, now: Date, drafts: readonly DeliveryDraft[]): Promise<number> {
  if (drafts.length === 0) return 0;
  const result = await sql`
    insert into tracking.delivery
      (postback_id, partner_id, program_id, event_id, occasion, dedupe_key, "values", state, next_at, window_from, created_at)
    select draft.postback_id, draft.partner_id, draft.program_id, draft.event_id, draft.occasion, draft.dedupe_key, draft."values",
           'waiting', ${now}::timestamptz + draft.delay * interval '1 second',
           ${now}::timestamptz + draft.delay * interval '1 second', ${now}::timestamptz
      from unnest(
             ${drafts.map((draft) => draft.postbackId)}::text[], ${drafts.map((draft) => draft.partnerId)}::text[],
             ${drafts.map((draft) => draft.programId)}::text[], ${drafts.map((draft) => draft.eventId?.toString() ?? null)}::bigint[],
             ${drafts.map((draft) => draft.occasion)}::text[], ${drafts.map((draft) => draft.dedupeKey)}::text[],
             ${drafts.map((draft) => JSON.stringify(draft.values).replaceAll("\\u0000", ""))}::jsonb[],
             ${drafts.map((draft) => draft.delaySeconds)}::integer[]
           ) as draft (postback_id, partner_id, program_id, event_id, occasion, dedupe_key, "values", delay)
    on conflict (dedupe_key) do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

/** A delivery that is due, taken by this worker until `leaseUntil`, with where it goes. */
export interface Claimed {
  readonly deliveryId: bigint;
  readonly attempt: number;
  readonly windowFrom: Date;
  readonly values: MacroValues;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: string | null;
  readonly host: string;
  readonly template: string | null;
  readonly settings: Readonly<Record<string, string>>;
  /** sealed; signing secrets the newest first */
  readonly secrets: readonly SealedSecret[];
}

export interface SealedSecret {
  readonly kind: "signing" | "credential";
  readonly name: string;
  readonly sealed: string;
}

export interface ClaimRequest {
  readonly now: Date;
  /** Until then nobody else takes them; after a crash they are taken again from then on. */
  readonly leaseUntil: Date;
  readonly limit: number;
  readonly perHost: number;
  /** Hosts with calls in flight, and how many more each may have. */
  readonly busy: ReadonlyMap<string, number>;
}

/**
 * Takes due deliveries of active postbacks: the oldest of each postback, no host over its ration, so that a receiver that is slow or down
 * never stands in the way of the others. SKIP LOCKED lets several workers take without waiting for each other.
 */
export async function claimDue(db: Db, request: ClaimRequest): Promise<readonly Claimed[]> {
  const hosts = [...request.busy.keys()];
  const free = [...request.busy.values()];
  const { rows } = await sql<Claimed>`
    with candidate as (
      select due.delivery_id, due.next_at, postback.host,
             row_number() over (partition by postback.host order by due.next_at, due.delivery_id) as place
        from tracking.postback
       cross join lateral (
             select delivery.delivery_id, delivery.next_at
               from tracking.delivery
              where delivery.postback_id = postback.postback_id and delivery.state = 'waiting' and delivery.next_at <= ${request.now}
              order by delivery.next_at
              limit ${request.perHost}) as due
       where postback.status = 'active'
    ), chosen as (
      select candidate.delivery_id
        from candidate
        left join unnest(${hosts}::text[], ${free}::integer[]) as busy (host, free) on busy.host = candidate.host
       where candidate.place <= coalesce(busy.free, ${request.perHost})
       order by candidate.next_at
       limit ${request.limit}
    ), locked as (
      select delivery.delivery_id
        from tracking.delivery
        join chosen using (delivery_id)
       where delivery.state = 'waiting' and delivery.next_at <= ${request.now}
         for update of delivery skip locked
    )
    update tracking.delivery
       set attempts = delivery.attempts + 1, next_at = ${request.leaseUntil}
      from locked, tracking.postback
     where delivery.delivery_id = locked.delivery_id and postback.postback_id = delivery.postback_id
    returning delivery.delivery_id as "deliveryId", delivery.attempts as attempt, delivery.window_from as "windowFrom",
              delivery."values", postback.method, postback.url, postback.body, postback.host, postback.template, postback.settings,
              ${secretsInUse(request.now)} as secrets`.execute(db);
  return rows;
}

/** Sealed secrets of `postback` that are in use at a time, the newest first. */
export function secretsInUse(now: Date) {
  return sql<readonly SealedSecret[]>`coalesce((
    select jsonb_agg(jsonb_build_object('kind', kept.kind, 'name', kept.name, 'sealed', kept.sealed) order by kept.secret_id desc)
      from tracking.postback_secret kept
     where kept.postback_id = postback.postback_id and (kept.expires_at is null or kept.expires_at > ${now}::timestamptz)), '[]'::jsonb)`;
}

/** Writes attempts down before they are made, and closes those of the same deliveries that a crash cut off. */
export async function insertAttempts(
  db: Db,
  now: Date,
  attempts: readonly {
    readonly deliveryId: bigint;
    readonly attempt: number;
    readonly url: string;
    readonly sent: SentRequest;
    readonly byUser?: string;
  }[],
): Promise<void> {
  if (attempts.length === 0) return;
  await sql`
    update tracking.attempt
       set error = 'cut off: the program ended during the call', duration_ms = 0
     where duration_ms is null and delivery_id = any(${attempts.map((attempt) => attempt.deliveryId.toString())}::bigint[])`.execute(
    db,
  );
  await sql`
    insert into tracking.attempt (delivery_id, attempt, at, url, by_user, method, headers, body)
    select sent.delivery_id, sent.attempt, ${now}::timestamptz, sent.url, sent.by_user, sent.method, sent.headers, sent.body
      from unnest(
             ${attempts.map((attempt) => attempt.deliveryId.toString())}::bigint[], ${attempts.map((attempt) => attempt.attempt)}::integer[],
             ${attempts.map((attempt) => attempt.url)}::text[], ${attempts.map((attempt) => attempt.byUser ?? null)}::text[],
             ${attempts.map((attempt) => attempt.sent.method)}::text[], ${attempts.map((attempt) => JSON.stringify(attempt.sent.headers))}::jsonb[],
             ${attempts.map((attempt) => attempt.sent.body)}::text[]
           ) as sent (delivery_id, attempt, url, by_user, method, headers, body)`.execute(db);
}

/** Writes how an attempt went and what becomes of the delivery, together. */
export async function finishAttempt(
  db: Db,
  input: {
    readonly deliveryId: bigint;
    readonly attempt: number;
    readonly now: Date;
    readonly call: CallOutcome;
    readonly next: NextStep;
  },
): Promise<void> {
  const { deliveryId, attempt, call, next, now } = input;
  const settled = next.state !== "waiting";
  const outcome = next.state === "delivered" ? "answered" : next.state === "dead" ? "gave_up" : null;
  await sql`
    with finished as (
      update tracking.attempt
         set status = ${call.status}, error = ${call.error}, duration_ms = ${call.durationMs}, response = ${call.response}
       where delivery_id = ${deliveryId} and attempt = ${attempt}
    )
    update tracking.delivery
       set state = ${next.state}, next_at = ${next.state === "waiting" ? next.nextAt : null}::timestamptz,
           outcome = ${outcome}::text, settled_at = ${settled ? now : null}::timestamptz
     where delivery_id = ${deliveryId} and attempts = ${attempt} and state = 'waiting'`.execute(db);
}

/** Puts a settled or waiting delivery first in line again, with a fresh 72 hours. @returns false when there is none */
export async function requeue(db: Db, deliveryId: bigint, now: Date): Promise<boolean> {
  const result = await sql`
    update tracking.delivery
       set state = 'waiting', next_at = ${now}::timestamptz, window_from = ${now}::timestamptz, outcome = null, settled_at = null
     where delivery_id = ${deliveryId} and occasion <> 'test'`.execute(db);
  return result.numAffectedRows === 1n;
}

/** What is still waiting of an archived postback will not be sent. */
export async function dropWaiting(db: Db, postbackId: string, now: Date): Promise<number> {
  const result = await sql`
    update tracking.delivery set state = 'dead', outcome = 'archived', next_at = null, settled_at = ${now}::timestamptz
     where postback_id = ${postbackId} and state = 'waiting'`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

/** A test call's delivery: it is never in line, `next_at` is only its lease. */
export async function insertTest(
  db: Db,
  input: {
    readonly postbackId: string;
    readonly partnerId: string;
    readonly programId: string | null;
    readonly dedupeKey: string;
    readonly values: MacroValues;
    readonly now: Date;
  },
): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    insert into tracking.delivery
      (postback_id, partner_id, program_id, occasion, dedupe_key, "values", state, attempts, window_from, created_at, settled_at, outcome)
    values (${input.postbackId}, ${input.partnerId}, ${input.programId}, 'test', ${input.dedupeKey}, ${JSON.stringify(input.values)}::jsonb,
            'dead', 1, ${input.now}, ${input.now}, ${input.now}, 'gave_up')
    returning delivery_id as id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("the test delivery was not written");
  return id;
}

/** Closes a test call: delivered or not, it is not tried again. */
export async function finishTest(db: Db, deliveryId: bigint, call: CallOutcome, delivered: boolean): Promise<void> {
  await sql`
    with finished as (
      update tracking.attempt
         set status = ${call.status}, error = ${call.error}, duration_ms = ${call.durationMs}, response = ${call.response}
       where delivery_id = ${deliveryId} and attempt = 1
    )
    update tracking.delivery
       set state = ${delivered ? "delivered" : "dead"}, outcome = ${delivered ? "answered" : "gave_up"}
     where delivery_id = ${deliveryId}`.execute(db);
}

export interface DeliveryFilter {
  readonly within: RecordReach;
  readonly postbackId?: string | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly state?: readonly DeliveryRow["state"][] | undefined;
  readonly occasion?: readonly string[] | undefined;
  readonly eventId?: bigint | undefined;
}

function deliveries(db: Db) {
  return db
    .selectFrom("tracking.delivery as delivery")
    .leftJoin("tracking.attempt as latest", (join) =>
      join.onRef("latest.delivery_id", "=", "delivery.delivery_id").onRef("latest.attempt", "=", "delivery.attempts"),
    )
    .selectAll("delivery")
    .select(["latest.status as last_status", "latest.error as last_error"]);
}

export async function findDelivery(db: Db, deliveryId: bigint): Promise<DeliveryRow | undefined> {
  return (await deliveries(db).where("delivery.delivery_id", "=", deliveryId).executeTakeFirst()) as
    | DeliveryRow
    | undefined;
}

export async function listDeliveries(
  db: Db,
  filter: DeliveryFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<DeliveryRow>> {
  let query = deliveries(db);
  query = whereWithin(query, filter.within, "delivery.partner_id", "delivery.program_id");
  if (filter.postbackId !== undefined) query = query.where("delivery.postback_id", "=", filter.postbackId);
  if (filter.partnerId !== undefined) query = query.where("delivery.partner_id", "in", filter.partnerId);
  if (filter.state !== undefined) query = query.where("delivery.state", "in", filter.state);
  if (filter.occasion !== undefined) query = query.where("delivery.occasion", "in", filter.occasion);
  if (filter.eventId !== undefined) query = query.where("delivery.event_id", "=", filter.eventId);
  const order = { name: "deliveries", columns: ["delivery.delivery_id"], direction: "desc" } as const;
  return (await keysetPage(query, order, page)) as unknown as Page<DeliveryRow>;
}

export async function listAttempts(db: Db, deliveryId: bigint): Promise<readonly AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select attempt, at, url, status, error, duration_ms, response, method, headers, body
      from tracking.attempt where delivery_id = ${deliveryId} order by attempt desc limit 200`.execute(db);
  return rows;
}

/**
 * Forgets a step of what was sent and answered before then, of deliveries that are settled. That an event was told is kept for ever, so
 * that it is never told twice. @returns how many attempts went
 */
export async function forgetAttempts(db: Db, before: Date, most: number): Promise<number> {
  const done = await sql`
    delete from tracking.attempt where (delivery_id, attempt) in (
      select a.delivery_id, a.attempt from tracking.attempt a join tracking.delivery d using (delivery_id)
       where a.at < ${before} and d.state <> 'waiting' order by a.at limit ${most})`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}
