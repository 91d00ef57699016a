import { sql } from "kysely";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";
import type { CallOutcome, ClaimRequest, Finished } from "../../../tracking/index.ts";

/** Something to be told, before it has a number. */
export interface MessageDraft {
  readonly type: string;
  readonly at: Date;
  /** the same thing is never told twice */
  readonly dedupeKey: string;
  readonly programId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface DeliveryRow {
  readonly delivery_id: bigint;
  readonly endpoint_id: string;
  readonly message_id: bigint;
  readonly type: string;
  readonly at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly state: "waiting" | "delivered" | "dead";
  readonly outcome: "answered" | "gave_up" | "archived" | null;
  readonly attempts: number;
  readonly next_at: Date | null;
  readonly created_at: Date;
  readonly settled_at: Date | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly at: Date;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number | null;
  readonly response: string | null;
}

/**
 * Writes messages down and queues each to every endpoint that listens, in one statement. A paused endpoint's wait until it is active again.
 * What was written before (same dedupe key) is left alone. @returns how many deliveries are new
 */
export async function insertMessages(db: Db, now: Date, drafts: readonly MessageDraft[]): Promise<number> {
  if (drafts.length === 0) return 0;
  const result = await sql`
    with draft as (
      select * from unnest(
        ${drafts.map((one) => one.type)}::text[], ${drafts.map((one) => one.at)}::timestamptz[],
        ${drafts.map((one) => one.programId)}::text[], ${drafts.map((one) => one.dedupeKey)}::text[],
        ${drafts.map((one) => JSON.stringify(one.data).replaceAll("\\u0000", ""))}::jsonb[]
      ) with ordinality as one (type, at, program_id, dedupe_key, payload, place)
    ), told as (
      select draft.* from draft
       where exists (select from integrations.webhook_endpoint e where ${listens(sql`e`, sql`draft`)})
    ), written as (
      insert into integrations.webhook_message (type, at, program_id, dedupe_key, payload, created_at)
      select type, at, program_id, dedupe_key, payload, ${now}::timestamptz from told order by place
      on conflict (dedupe_key) do nothing
      returning message_id, type, program_id
    )
    insert into integrations.webhook_delivery (endpoint_id, message_id, state, next_at, window_from, created_at)
    select e.endpoint_id, written.message_id, 'waiting', ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
      from written join integrations.webhook_endpoint e on ${listens(sql`e`, sql`written`)}
     order by written.message_id`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

function listens(endpoint: ReturnType<typeof sql>, message: ReturnType<typeof sql>) {
  return sql`${endpoint}.status <> 'archived'
    and (${endpoint}.types = '{}' or ${message}.type = any(${endpoint}.types))
    and (${endpoint}.program_ids = '{}' or ${message}.program_id is null or ${message}.program_id = any(${endpoint}.program_ids))`;
}

/** One message to one endpoint only, whatever it listens to. @returns the delivery's number */
export async function insertFor(db: Db, endpointId: string, now: Date, draft: MessageDraft): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    with written as (
      insert into integrations.webhook_message (type, at, program_id, dedupe_key, payload, created_at)
      values (${draft.type}, ${draft.at}, ${draft.programId}, ${draft.dedupeKey}, ${JSON.stringify(draft.data)}::jsonb, ${now})
      returning message_id
    )
    insert into integrations.webhook_delivery (endpoint_id, message_id, state, outcome, attempts, window_from, created_at, settled_at)
    select ${endpointId}, message_id, 'dead', 'gave_up', 0, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz from written
    returning delivery_id as id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("the webhook delivery was not written");
  return id;
}

/** A delivery that is due, with where it goes. */
export interface Claimed {
  readonly deliveryId: bigint;
  readonly attempt: number;
  readonly windowFrom: Date;
  readonly host: string;
  readonly url: string;
  readonly messageId: bigint;
  readonly type: string;
  readonly at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
  /** sealed, the newest first */
  readonly secrets: readonly string[];
}

const claimedColumns = (now: Date) => sql`
  delivery.delivery_id as "deliveryId", delivery.attempts as attempt, delivery.window_from as "windowFrom", endpoint.host, endpoint.url,
  message.message_id as "messageId", message.type, message.at, message.payload,
  array(select s.sealed from integrations.webhook_secret s
         where s.endpoint_id = endpoint.endpoint_id and (s.expires_at is null or s.expires_at > ${now}::timestamptz)
         order by s.secret_id desc) as secrets`;

/** Takes due deliveries of active endpoints, the oldest of each, no host over its ration; as for partner postbacks. */
export async function claimDue(db: Db, request: ClaimRequest): Promise<readonly Claimed[]> {
  const { rows } = await sql<Claimed>`
    with candidate as (
      select due.delivery_id, due.next_at, endpoint.host,
             row_number() over (partition by endpoint.host order by due.next_at, due.delivery_id) as place
        from integrations.webhook_endpoint endpoint
       cross join lateral (
             select d.delivery_id, d.next_at from integrations.webhook_delivery d
              where d.endpoint_id = endpoint.endpoint_id and d.state = 'waiting' and d.next_at <= ${request.now}
              order by d.next_at limit ${request.perHost}) as due
       where endpoint.status = 'active'
    ), chosen as (
      select candidate.delivery_id from candidate
        left join unnest(${[...request.busy.keys()]}::text[], ${[...request.busy.values()]}::integer[]) as busy (host, free)
          on busy.host = candidate.host
       where candidate.place <= coalesce(busy.free, ${request.perHost})
       order by candidate.next_at limit ${request.limit}
    ), locked as (
      select d.delivery_id from integrations.webhook_delivery d join chosen using (delivery_id)
       where d.state = 'waiting' and d.next_at <= ${request.now} for update of d skip locked
    )
    update integrations.webhook_delivery delivery
       set attempts = delivery.attempts + 1, next_at = ${request.leaseUntil}
      from locked, integrations.webhook_endpoint endpoint, integrations.webhook_message message
     where delivery.delivery_id = locked.delivery_id and endpoint.endpoint_id = delivery.endpoint_id
       and message.message_id = delivery.message_id
    returning ${claimedColumns(request.now)}`.execute(db);
  return rows;
}

/** One delivery taken by hand: it counts as an attempt, and is not in line. */
export async function claimOne(db: Db, deliveryId: bigint, now: Date): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    update integrations.webhook_delivery delivery set attempts = delivery.attempts + 1
      from integrations.webhook_endpoint endpoint, integrations.webhook_message message
     where delivery.delivery_id = ${deliveryId} and endpoint.endpoint_id = delivery.endpoint_id
       and message.message_id = delivery.message_id
    returning ${claimedColumns(now)}`.execute(db);
  return rows[0];
}

/** Writes attempts down before they are made, and closes those that a crash cut off. */
export async function insertAttempts(
  db: Db,
  now: Date,
  attempts: readonly {
    readonly deliveryId: bigint;
    readonly attempt: number;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly byUser?: string;
  }[],
): Promise<void> {
  if (attempts.length === 0) return;
  const ids = attempts.map((one) => one.deliveryId.toString());
  await sql`
    update integrations.webhook_attempt set error = 'cut off: the program ended during the call', duration_ms = 0
     where duration_ms is null and delivery_id = any(${ids}::bigint[])`.execute(db);
  await sql`
    insert into integrations.webhook_attempt (delivery_id, attempt, at, url, headers, body, by_user)
    select sent.delivery_id, sent.attempt, ${now}::timestamptz, sent.url, sent.headers, sent.body, sent.by_user
      from unnest(${ids}::bigint[], ${attempts.map((one) => one.attempt)}::integer[], ${attempts.map((one) => one.url)}::text[],
                  ${attempts.map((one) => JSON.stringify(one.headers))}::jsonb[], ${attempts.map((one) => one.body)}::text[],
                  ${attempts.map((one) => one.byUser ?? null)}::text[])
        as sent (delivery_id, attempt, url, headers, body, by_user)`.execute(db);
}

export async function finishAttempt(db: Db, { deliveryId, attempt, now, call, next }: Finished): Promise<void> {
  const outcome = next.state === "delivered" ? "answered" : next.state === "dead" ? "gave_up" : null;
  await noteOutcome(db, deliveryId, attempt, call);
  await sql`
    update integrations.webhook_delivery
       set state = ${next.state}, next_at = ${next.state === "waiting" ? next.nextAt : null}::timestamptz, outcome = ${outcome}::text,
           settled_at = ${next.state === "waiting" ? null : now}::timestamptz
     where delivery_id = ${deliveryId} and attempts = ${attempt} and state = 'waiting'`.execute(db);
}

/** How a call by hand went: it settles a delivery that succeeded, and repeats nothing. */
export async function finishByHand(
  db: Db,
  claimed: Pick<Claimed, "deliveryId" | "attempt">,
  now: Date,
  call: CallOutcome,
): Promise<void> {
  await noteOutcome(db, claimed.deliveryId, claimed.attempt, call);
  if (call.error !== null) return;
  await sql`
    update integrations.webhook_delivery set state = 'delivered', outcome = 'answered', next_at = null, settled_at = ${now}
     where delivery_id = ${claimed.deliveryId}`.execute(db);
}

async function noteOutcome(db: Db, deliveryId: bigint, attempt: number, call: CallOutcome): Promise<void> {
  await sql`
    update integrations.webhook_attempt
       set status = ${call.status}, error = ${call.error}, duration_ms = ${call.durationMs}, response = ${call.response}
     where delivery_id = ${deliveryId} and attempt = ${attempt}`.execute(db);
}

/** First in line again, with a fresh 72 hours. */
export async function requeue(db: Db, deliveryId: bigint, now: Date): Promise<void> {
  await sql`
    update integrations.webhook_delivery
       set state = 'waiting', next_at = ${now}::timestamptz, window_from = ${now}::timestamptz, outcome = null, settled_at = null
     where delivery_id = ${deliveryId}`.execute(db);
}

/** Everything since a time that the endpoint listens to is told it again, or for the first time. @returns how many */
export async function replaySince(
  db: Db,
  endpointId: string,
  since: Date,
  types: readonly string[],
  now: Date,
): Promise<number> {
  const result = await sql`
    insert into integrations.webhook_delivery (endpoint_id, message_id, state, next_at, window_from, created_at)
    select e.endpoint_id, message.message_id, 'waiting', ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
      from integrations.webhook_endpoint e
      join integrations.webhook_message message on ${listens(sql`e`, sql`message`)}
     where e.endpoint_id = ${endpointId} and message.at >= ${since} and message.type <> 'webhook.test'
       and (${[...types]}::text[] = '{}' or message.type = any(${[...types]}::text[]))
     order by message.message_id
    on conflict (endpoint_id, message_id) do update
       set state = 'waiting', next_at = excluded.next_at, window_from = excluded.window_from, outcome = null, settled_at = null`.execute(
    db,
  );
  return Number(result.numAffectedRows ?? 0n);
}

/** What is still waiting of an archived endpoint will not be sent. */
export async function dropWaiting(db: Db, endpointId: string, now: Date): Promise<void> {
  await sql`
    update integrations.webhook_delivery set state = 'dead', outcome = 'archived', next_at = null, settled_at = ${now}
     where endpoint_id = ${endpointId} and state = 'waiting'`.execute(db);
}

function deliveries(db: Db) {
  return db
    .selectFrom("integrations.webhook_delivery as delivery")
    .innerJoin("integrations.webhook_message as message", "message.message_id", "delivery.message_id")
    .leftJoin("integrations.webhook_attempt as latest", (join) =>
      join.onRef("latest.delivery_id", "=", "delivery.delivery_id").onRef("latest.attempt", "=", "delivery.attempts"),
    )
    .selectAll("delivery")
    .select([
      "message.type",
      "message.at",
      "message.payload",
      "latest.status as last_status",
      "latest.error as last_error",
    ]);
}

export async function findDelivery(db: Db, deliveryId: bigint): Promise<DeliveryRow | undefined> {
  const row = await deliveries(db).where("delivery.delivery_id", "=", deliveryId).executeTakeFirst();
  return row as DeliveryRow | undefined;
}

export async function listDeliveries(
  db: Db,
  endpointId: string,
  filter: {
    readonly state?: readonly DeliveryRow["state"][] | undefined;
    readonly type?: readonly string[] | undefined;
  },
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<DeliveryRow>> {
  let query = deliveries(db).where("delivery.endpoint_id", "=", endpointId);
  if (filter.state !== undefined) query = query.where("delivery.state", "in", filter.state);
  if (filter.type !== undefined) query = query.where("message.type", "in", filter.type);
  const order = { name: "webhook deliveries", columns: ["delivery.delivery_id"], direction: "desc" } as const;
  return (await keysetPage(query, order, page)) as unknown as Page<DeliveryRow>;
}

export async function listAttempts(db: Db, deliveryId: bigint): Promise<readonly AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select attempt, at, url, headers, body, status, error, duration_ms, response
      from integrations.webhook_attempt where delivery_id = ${deliveryId} order by attempt desc limit 200`.execute(db);
  return rows;
}

/**
 * Forgets a step of what was told before then and is settled: deliveries with their attempts, and messages that nobody waits for any more.
 * @returns how many deliveries and messages went; 0 when nothing old is left
 */
export async function forgetSettled(db: Db, before: Date, most: number): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    with old as (
      select delivery_id from integrations.webhook_delivery where state <> 'waiting' and settled_at < ${before}
       order by delivery_id limit ${most}
    ), attempts as (delete from integrations.webhook_attempt a using old where a.delivery_id = old.delivery_id),
    deliveries as (delete from integrations.webhook_delivery d using old where d.delivery_id = old.delivery_id returning 1)
    select count(*)::int as gone from deliveries`.execute(db);
  const messages = await sql`
    delete from integrations.webhook_message where message_id in (
      select message_id from integrations.webhook_message m where m.created_at < ${before}
         and not exists (select from integrations.webhook_delivery d where d.message_id = m.message_id)
       order by m.created_at limit ${most})`.execute(db);
  return (rows[0]?.gone ?? 0) + Number(messages.numAffectedRows ?? 0n);
}
