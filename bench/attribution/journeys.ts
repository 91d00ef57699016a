import { copyRows } from "../../server/src/database/index.ts";
import { openPipeline } from "../../server/src/shell/pipeline.ts";
import type { Program } from "../../server/src/shell/program.ts";
import { clickIdsFor } from "../../server/src/shell/tracking-parts.ts";
import { ENTRY_KIND, type StoredCall, type StoredClick, type StoredEvent } from "../../server/src/tracking/index.ts";
import { agreeOnTerms, type Place } from "../events/world.ts";

const PARTNERS = 20;
const ROWS_AT_ONCE = 200_000;
const EVENTS_IN_CALL = 1_000;
const START = Date.parse("2026-03-01T00:00:00Z");
const DAY = 86_400_000;
const AGENT =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1";

/** The same numbers every time: visitors, partners and times have to be spread, not secret. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A program with partners on real terms, clicks of visitors who come one to nine times within 20 days, mixed as they come in, and
 * events of some of those visitors, taken through the pipeline. @returns the program's id
 */
export async function seedJourneys(
  program: Program,
  size: { readonly clicks: number; readonly events: number },
): Promise<string> {
  const place = await agreeOnTerms(program, PARTNERS);
  const clickIds = await clickIdsFor(program);
  const lane = await openLane(program);
  const named = await recordJourneys(program, place, lane, size.clicks);
  await sendEvents(program, place, named, size.events);
  await openPipeline({ db: program.ctx.db, clock: program.clock, clickIds }).drain();
  await program.database.pool.query("vacuum analyze tracking.event, attribution.customer");
  return place.programId;
}

async function openLane(program: Program): Promise<number> {
  const { rows } = await program.database.pool.query<{ lane: number }>(
    "insert into intake.lane (writer, opened_at, closed_at) values ('bench', now(), now()) returning lane",
  );
  return rows[0]?.lane ?? 1;
}

/** The last click of a visitor, by which events are named. */
interface Visitor {
  id: string | undefined;
  at: number;
  left: number;
}

async function recordJourneys(
  program: Program,
  place: Place,
  lane: number,
  count: number,
): Promise<readonly { readonly id: string; readonly at: number }[]> {
  const clickIds = await clickIdsFor(program);
  const draw = chanceFrom(7);
  const ended: { id: string; at: number }[] = [];
  // As many visitors are on their way at a time as come back within some days.
  const waiting: Visitor[] = Array.from({ length: Math.min(200_000, Math.ceil(count / 10)) }, newVisitor);
  function newVisitor(): Visitor {
    return { id: undefined, at: 0, left: 1 + Math.floor(draw() * 9) };
  }
  let seq = 1;
  function* rows(until: number) {
    for (; seq <= until; seq += 1) {
      const index = Math.floor(draw() * waiting.length);
      const visitor = waiting[index] ?? newVisitor();
      const at = START + Math.floor((seq / count) * 20 * DAY);
      const id = clickIds.issue(at, 1, lane, seq);
      const partnerId = place.partnerIds[Math.floor(draw() * place.partnerIds.length)] ?? "";
      const body: StoredClick = {
        v: 1,
        id,
        at,
        verdict: "click",
        to: "landing",
        link: 1,
        linkId: "lnk_bench",
        programId: place.programId,
        offerId: "ofr_bench",
        partnerId,
        ip: "192.0.2.7",
        country: "DE",
        ua: AGENT,
        device: "mobile",
        os: "iOS",
        browser: "Safari",
        sub1: `page-${seq % 1_000}`,
        ...(visitor.id === undefined ? {} : { prev: visitor.id }),
      };
      visitor.id = id;
      visitor.left -= 1;
      if (visitor.left === 0) {
        ended.push({ id, at });
        waiting[index] = newVisitor();
      }
      yield [lane, seq, ENTRY_KIND.click, new Date(at), JSON.stringify(body)];
    }
  }
  const client = await program.database.pool.connect();
  try {
    while (seq <= count) {
      const until = Math.min(count, seq + ROWS_AT_ONCE - 1);
      await copyRows(client, "intake.entry", ["lane", "seq", "kind", "received_at", "body"], rows(until));
    }
    await client.query("vacuum analyze intake.entry");
  } finally {
    client.release();
  }
  return ended;
}

/** Two events for each customer: a registration that names the visitor's last click, and a deposit that names none or the same. */
async function sendEvents(
  program: Program,
  place: Place,
  named: readonly { readonly id: string; readonly at: number }[],
  count: number,
): Promise<void> {
  const lane = await openLane(program);
  const events: StoredEvent[] = [];
  const step = Math.max(1, Math.floor(named.length / (count / 2)));
  for (let i = 0; i < count; i += 1) {
    const click = named[(Math.floor(i / 2) * step) % named.length];
    if (click === undefined) break;
    const customerRef = `c${Math.floor(i / 2)}`;
    const common = {
      line: i % EVENTS_IN_CALL,
      customerRef,
      at: click.at + 3_600_000 * (1 + (i % 2)),
      clickId: click.id,
    };
    events.push(
      i % 2 === 0
        ? { ...common, type: "registration", externalId: `r${i}` }
        : { ...common, type: "deposit", externalId: `d${i}`, currency: "EUR", measures: { deposit: "10000" } },
    );
  }
  const calls: (readonly [number, number, number, Date, string])[] = [];
  for (let from = 0; from < events.length; from += EVENTS_IN_CALL) {
    const some = events.slice(from, from + EVENTS_IN_CALL);
    const call: StoredCall = { v: 1, door: "api", sourceId: "src_bench", programId: place.programId, events: some };
    calls.push([lane, calls.length + 1, ENTRY_KIND.events, new Date(), JSON.stringify(call)]);
  }
  const client = await program.database.pool.connect();
  try {
    await copyRows(client, "intake.entry", ["lane", "seq", "kind", "received_at", "body"], calls);
  } finally {
    client.release();
  }
}
