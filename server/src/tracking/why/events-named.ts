import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** A stored version of an event with the fate of the line that brought it, as far as an explanation needs it. */
export interface NamedEvent {
  readonly eventId: bigint;
  readonly programId: string;
  readonly partnerId: string | null;
  readonly type: string;
  readonly externalId: string;
  readonly customerId: bigint;
  readonly customerRef: string;
  readonly occurredAt: Date;
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  readonly clickId: string | null;
  readonly badClickId: string | null;
  readonly code: string | null;
  readonly void: boolean;
  readonly replaced: boolean;
  readonly fate: string | null;
  readonly reason: string | null;
}

/** By what events are found. */
export type EventName =
  | { readonly eventId: bigint }
  | { readonly clickId: string }
  | { readonly externalId: string }
  | { readonly customerId: bigint };

/** Events of this name, the newest first. No actor, no permission: what a caller may see is decided where it is shown. */
export async function eventsNamed(db: Db, name: EventName, limit: number): Promise<readonly NamedEvent[]> {
  const { rows } = await sql<NamedEvent>`
    select e.event_id as "eventId", e.program_id as "programId", e.partner_id as "partnerId", e.type, e.external_id as "externalId",
           e.customer_id as "customerId", e.customer_ref as "customerRef", e.occurred_at as "occurredAt", e.lane, e.seq, e.line,
           e.click_id as "clickId", e.bad_click_id as "badClickId", e.code, e.void, e.superseded_by is not null as replaced, r.fate, r.reason
      from tracking.event e
      left join tracking.receipt r on r.lane = e.lane and r.seq = e.seq and r.line = e.line
     where ${condition(name)}
     order by e.event_id desc limit ${limit}`.execute(db);
  return rows;
}

function condition(name: EventName) {
  if ("eventId" in name) return sql`e.event_id = ${name.eventId}`;
  if ("clickId" in name) return sql`e.click_id = ${name.clickId}`;
  if ("customerId" in name) return sql`e.customer_id = ${name.customerId}`;
  // Of every event one version is in the index of what counts; the other versions are its customer's, too.
  return sql`e.external_id = ${name.externalId} and e.customer_id in (
    select x.customer_id from tracking.event x where x.external_id = ${name.externalId} and x.superseded_by is null)`;
}
