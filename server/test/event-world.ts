import { randomBytes } from "node:crypto";
import { type Context, copyRows } from "../src/database/index.ts";
import { fixedClock } from "../src/kernel/clock.ts";
import { idSource } from "../src/kernel/ids.ts";
import { openPipeline } from "../src/shell/pipeline.ts";
import {
  type ClickIds,
  clickIdsOf,
  type StoredCall,
  type StoredClick,
  type StoredEvent,
  type StoredImpression,
} from "../src/tracking/index.ts";
import { type TestDatabase, testDatabase } from "./harness/index.ts";

export const PROGRAM = "prg_test";
export const SOURCE = "src_test";

/** An event as a test writes it: what is left out has a plain value. */
export type EventSketch = Partial<StoredEvent> & { readonly externalId: string; readonly type: string };

/** A database with one program and three partners, whose intake log a test writes directly, as the doors do. */
export class EventWorld {
  readonly database: TestDatabase;
  readonly clock = fixedClock("2026-03-31T12:00:00Z");
  clickIds: ClickIds;
  pipeline;
  #seq = 1;
  readonly #lane: number;

  constructor(database: TestDatabase, lane: number) {
    this.database = database;
    this.#lane = lane;
    this.clickIds = clickIdsOf([randomBytes(32)]);
    this.pipeline = openPipeline({ db: database.db, clock: this.clock, clickIds: this.clickIds });
  }

  get context(): Context {
    return { db: this.database.db, clock: this.clock, ids: idSource(() => this.clock.now(), randomBytes) };
  }

  /** Signs click ids as another world does, so that the same clicks have the same ids. */
  useKeysOf(other: EventWorld): void {
    this.clickIds = other.clickIds;
    this.pipeline = openPipeline({ db: this.database.db, clock: this.clock, clickIds: this.clickIds });
  }

  /** Appends an entry as a door does. */
  async append(kind: number, body: object, receivedAt: Date = this.clock.now()): Promise<number> {
    const seq = this.#seq++;
    await this.appendMany([{ seq, kind, body, receivedAt }]);
    return seq;
  }

  async appendMany(entries: readonly { seq: number; kind: number; body: object; receivedAt: Date }[]): Promise<void> {
    const client = await this.database.pool.connect();
    try {
      const rows = entries.map((e) => [this.#lane, e.seq, e.kind, e.receivedAt, JSON.stringify(e.body)]);
      await copyRows(client, "intake.entry", ["lane", "seq", "kind", "received_at", "body"], rows);
    } finally {
      client.release();
    }
  }

  /** A visitor's click on a partner's link. @returns its click id */
  async click(partner: string, at: string, more: Partial<StoredClick> = {}): Promise<string> {
    const time = new Date(at);
    const id = this.clickIds.issue(time.getTime(), 1, this.#lane, this.#seq);
    const place = {
      link: 1,
      linkId: `lnk_${partner}`,
      programId: PROGRAM,
      offerId: "ofr_test",
      partnerId: `prt_${partner}`,
    };
    const body: StoredClick = { v: 1, id, at: time.getTime(), verdict: "click", to: "landing", ...place, ...more };
    await this.append(1, body, time);
    return id;
  }

  /** A test click on a partner's link. @returns its click id */
  async testClick(partner: string, at: string): Promise<string> {
    const id = this.clickIds.issue(ms(at), 1, this.#lane, this.#seq, true);
    await this.click(partner, at, { id, test: true });
    return id;
  }

  /** An ad of a partner's that a visitor was shown. @returns its id */
  async view(partner: string, at: string, more: Partial<StoredImpression> = {}): Promise<string> {
    const time = new Date(at);
    const id = this.clickIds.issue(time.getTime(), 1, this.#lane, this.#seq);
    const place = { link: 1, linkId: `lnk_${partner}`, programId: PROGRAM, offerId: "ofr_test" };
    const seen = { partnerId: `prt_${partner}`, verdict: "impression", to: "none" } as const;
    const body: StoredImpression = { v: 1, id, at: time.getTime(), ...seen, ...place, ...more };
    await this.append(2, body, time);
    return id;
  }

  /** One call with these events. @returns its seq */
  send(events: readonly EventSketch[], more: Partial<StoredCall> = {}): Promise<number> {
    return this.append(3, this.call(events, more));
  }

  call(events: readonly EventSketch[], more: Partial<StoredCall> = {}): StoredCall {
    return { v: 1, door: "api", sourceId: SOURCE, programId: PROGRAM, events: events.map(whole), ...more };
  }

  async rows<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.pool.query<T>(text, values)).rows;
  }

  /** fate and reason of every line of a call */
  async fates(seq: number): Promise<string[]> {
    const rows = await this.rows<{ fate: string; reason: string | null }>(
      "select fate, reason from tracking.receipt where lane = $1 and seq = $2 order by line",
      [this.#lane, seq],
    );
    return rows.map((row) => (row.reason === null ? row.fate : `${row.fate} ${row.reason}`));
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

function whole(sketch: EventSketch, line: number): StoredEvent {
  return { line, customerRef: "anna", at: Date.parse("2026-03-10T12:00:00Z"), ...sketch };
}

const at = (text: string) => Date.parse(text);
/** Milliseconds of an instant, for sketches. */
export const ms = at;

/** A deposit of an amount in cents. */
export function deposit(externalId: string, cents: number, more: Partial<StoredEvent> = {}): EventSketch {
  return { type: "deposit", externalId, currency: "EUR", measures: { deposit: String(cents) }, ...more };
}

/** @param given the database of another world, to be furnished too; a fresh one when left out */
export async function eventWorld(rules: object = {}, timeZone = "UTC", given?: TestDatabase): Promise<EventWorld> {
  const database = given ?? (await testDatabase());
  await database.pool.query(
    `insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, attribution, created_at)
     values ($1, 'test', 'Test', 'active', $3, 'EUR', 'https://example.com/', $2, '2026-01-01')`,
    [PROGRAM, JSON.stringify(rules), timeZone],
  );
  await database.pool.query(
    `insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
     values ('ofr_test', $1, 'main', 'Main', 'active', 'https://example.com/', '{example.com}', '2026-01-01')`,
    [PROGRAM],
  );
  for (const partner of ["ada", "ben", "cyd"]) {
    await database.pool.query(
      `insert into partners.partner (partner_id, code, name, kind, status, created_at)
       values ($1, $2, $2, 'affiliate', 'active', '2026-01-01')`,
      [`prt_${partner}`, partner],
    );
    await database.pool.query(
      `insert into tracking.link (link_id, code, program_id, offer_id, partner_id, status, created_by, created_at)
       values ($1, $2, $3, 'ofr_test', $4, 'active', 'test', '2026-01-01')`,
      [`lnk_${partner}`, `link-${partner}`, PROGRAM, `prt_${partner}`],
    );
    await database.pool.query(
      `insert into tracking.referral_code (code, program_id, partner_id, link_id, created_by, created_at)
       values ($1, $2, $3, $4, 'test', '2026-01-01')`,
      [partner.toUpperCase(), PROGRAM, `prt_${partner}`, `lnk_${partner}`],
    );
  }
  const lanes = await database.pool.query<{ lane: number }>(
    "insert into intake.lane (writer, opened_at) values ('test', '2026-01-01') returning lane",
  );
  return new EventWorld(database, lanes.rows[0]?.lane ?? 1);
}
