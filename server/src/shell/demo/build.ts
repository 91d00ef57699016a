import { markStanding, recalculate, releaseDue } from "../../commissions/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { type Clock, fixedClock } from "../../kernel/clock.ts";
import { idSource } from "../../kernel/ids.ts";
import { addMonths, monthOf } from "../../kernel/period.ts";
import { createEdge, type Edge, eventsSoFar, type LogEnds, takeEvents } from "../../tracking/index.ts";
import { payeeNeeds } from "../payees.ts";
import { payoutNeeds } from "../payouts.ts";
import { openPipeline, type Pipeline } from "../pipeline.ts";
import type { Program } from "../program.ts";
import { openTracking, type TrackingParts, vaultFor } from "../tracking-parts.ts";
import { writeAccess } from "./access.ts";
import { writeLists } from "./bulk.ts";
import { writeCreatives } from "./creatives.ts";
import { writeDiligence } from "./diligence.ts";
import { payMonth } from "./month-end.ts";
import { writeMorning } from "./morning.ts";
import { writeNegotiations } from "./negotiations.ts";
import { Onlooker, writeOtherSystems } from "./other-systems.ts";
import { writePartnerRecords } from "./partner-record.ts";
import { issueSampleInvoices, moveAccounts, writePayees } from "./payees.ts";
import { payByBatch, prepareNext } from "./payouts.ts";
import { writePipeline } from "./pipeline.ts";
import { type SampleDay, simulate, wireEvent } from "./plan.ts";
import type { PlannedEvent } from "./planned.ts";
import { writeReviews } from "./procedures.ts";
import { fillCaps, type SampleCaps, writePromotion } from "./promotion.ts";
import { type Chance, chance } from "./random.ts";
import { writeReconciliation } from "./reconciliation.ts";
import { findAddresses, recordClicks, recordImpressions, type Visits } from "./record-clicks.ts";
import { linkCode, type SampleRecords, writeRecords } from "./records.ts";
import { buildWorld, type Vertical, type World } from "./world.ts";

const DAY = 86_400_000;
export const SAMPLE_SEED = "tributary";
export const SAMPLE_DAYS = 365;
/** How long caps, landing sets and other ways to promote have been there. */
const PROMOTED_DAYS = 35;

export interface BuildOptions {
  /** about how many clicks; 400,000 in `npm run demo`, fewer in tests */
  readonly clicks: number;
  readonly onProgress: (share: number, what: string) => void;
}

/** One moment of the sample's past in which everything happens: its clock, ids that the seed decides, and the doors. */
interface Stage {
  readonly program: Program;
  readonly clock: Clock & { set(at: Date | string): void };
  readonly ctx: Context;
  readonly parts: TrackingParts;
  readonly edge: Edge;
  readonly books: Books;
}

/** The back office of the sample, with a clock of its own: it works on the month before while the doors take the next one. */
interface Books {
  readonly clock: Clock & { set(at: Date | string): void };
  readonly ctx: Context;
  readonly pipeline: Pipeline;
}

/**
 * Builds the sample into an empty program: records, a year of clicks and events, the month ends that have passed. Everything
 * goes through the doors that real data takes, with a clock that stands in the past.
 */
export async function buildSample(program: Program, options: BuildOptions): Promise<void> {
  const draw = chance(SAMPLE_SEED);
  const world = buildWorld(draw.branch("world"));
  const until = program.clock.now().getTime();
  const start = Math.floor(until / DAY) * DAY - (SAMPLE_DAYS - 1) * DAY;
  const stage = await openStage(program, new Date(start), draw.branch("ids"));
  try {
    // One transaction for all records: a thousand commits, each of them durable, would take longer than the records themselves.
    const records = await transact(stage.ctx, (tx) =>
      writeRecords(tx, world, { clock: stage.clock, start: new Date(start) }),
    );
    await stage.parts.routes.refresh();
    const visits = visitsOf(stage, world, draw.branch("addresses"));
    const extent = { start, days: SAMPLE_DAYS, until, clicks: options.clicks };
    let days = 0;
    let month = monthOfInstant(start);
    let monthEnd = Promise.resolve();
    let caps: SampleCaps | undefined;
    const onlooker = new Onlooker(world, until);
    for (const day of simulate(world, draw.branch("traffic"), extent)) {
      const now = monthOfInstant(day.start);
      if (now !== month) {
        await monthEnd;
        monthEnd = takeBooks(stage, records, world, month, until, await eventsSoFar(program.ctx.db));
        // It is awaited before the next one; until then its failure must not end the program.
        monthEnd.catch(() => undefined);
        month = now;
      }
      if (days === SAMPLE_DAYS - PROMOTED_DAYS) {
        // What came before there were caps is not let into them.
        await monthEnd;
        caps = await promote(stage, records, day.start, options.clicks);
      }
      await liveDay(stage, records, visits, day);
      onlooker.look(day.events);
      days += 1;
      options.onProgress(days / SAMPLE_DAYS, new Date(day.start).toISOString().slice(0, 10));
    }
    await monthEnd;
    stage.books.clock.set(new Date(until));
    await stage.books.pipeline.drain();
    await book(stage.books, new Date(until));
    await writeNegotiations(stage.books.ctx, records);
    if (caps !== undefined) await fillCaps(stage.books.ctx, records, caps);
    await writeOtherSystems(stage.books.ctx, program, records, onlooker);
    await moveAccounts(stage.books.ctx, records, world.partners, payeeNeeds(program));
    await writeReconciliation(stage.books.ctx, records, onlooker);
    await writePipeline(stage.books.ctx, records, stage.books.clock, until);
    await writeCreatives(stage.books.ctx, records);
    await writeReviews(stage.books.ctx, records, vaultFor(program));
    await writeDiligence(stage.books.ctx, records, world.partners, vaultFor(program));
    await writePartnerRecords(stage.books.ctx, records);
    await writeLists(stage.books.ctx, records);
    await writeAccess(stage.books.ctx, records);
    await writeMorning(stage.books.ctx);
  } finally {
    await stage.parts.stop();
  }
}

async function openStage(program: Program, start: Date, draw: Chance): Promise<Stage> {
  const clock = fixedClock(start);
  const ctx = contextAt(program, clock, draw.branch("doors"));
  const parts = await openTracking({ ...program, clock, ctx });
  const edge = createEdge({ ...parts, routes: parts.routes.table, clock, trustedProxies: [], fallbackUrl: null });
  const booksClock = fixedClock(start);
  const booksCtx = contextAt(program, booksClock, draw.branch("books"));
  const pipeline = openPipeline({ db: program.ctx.db, clock: booksClock, clickIds: parts.clickIds });
  return { program, clock, ctx, parts, edge, books: { clock: booksClock, ctx: booksCtx, pipeline } };
}

function contextAt(program: Program, clock: Clock, draw: Chance): Context {
  const ids = idSource(clock.now, (count) => Uint8Array.from({ length: count }, () => Math.floor(draw.next() * 256)));
  return { db: program.ctx.db, clock, ids };
}

function visitsOf(stage: Stage, world: World, draw: Chance): Visits {
  const countries = [...new Set(world.regions.flatMap((region) => region.countries))];
  const programs = new Map(world.programs.map((program) => [program.vertical, program]));
  return {
    edge: stage.edge,
    chance: draw,
    addresses: findAddresses(countries, stage.parts.country, draw),
    path: (click) => {
      const offers = programs.get(click.vertical)?.offers ?? [];
      return `/c/${linkCode(click.partner, offers[click.offer % offers.length]?.code ?? "")}`;
    },
    cookieName: (click) => `trb_${programs.get(click.vertical)?.code}`,
  };
}

async function promote(stage: Stage, records: SampleRecords, start: number, clicks: number): Promise<SampleCaps> {
  stage.clock.set(new Date(start));
  const caps = await writePromotion(stage.ctx, records, clicks);
  await stage.parts.routes.refresh();
  return caps;
}

async function liveDay(stage: Stage, records: SampleRecords, visits: Visits, day: SampleDay): Promise<void> {
  const setClock = (at: number) => stage.clock.set(new Date(at));
  await recordClicks(visits, day.clicks, setClock);
  await recordImpressions(visits, day.impressions, setClock);
  stage.clock.set(new Date(Math.min(day.start + DAY - 1, stage.program.clock.now().getTime())));
  const calls = [...Map.groupBy(day.events, (event: PlannedEvent) => event.vertical)];
  await Promise.all(calls.map(([vertical, events]) => send(stage, records, vertical, events)));
}

/** The operator's system sends its events of a day as one call for each program. */
async function send(
  stage: Stage,
  records: SampleRecords,
  vertical: Vertical,
  events: readonly PlannedEvent[],
): Promise<void> {
  const call = { door: "demo" as const, sourceId: "sample", programId: records.programIds[vertical] };
  await takeEvents({ ...stage.parts, clock: stage.clock }, call, events.map(wireEvent));
}

/**
 * The back office's work on a month that is over: takes what it brought through attribution to facts, half an hour after it ended, and ends it.
 * The doors take the next month meanwhile, of which nothing is processed yet.
 * @param until the sample's last moment
 * @param brought where the log ended with the month
 */
async function takeBooks(
  stage: Stage,
  records: SampleRecords,
  world: World,
  month: string,
  until: number,
  brought: LogEnds,
): Promise<void> {
  const { clock, pipeline } = stage.books;
  clock.set(new Date(Math.min(until, Date.parse(`${addMonths(month, 1)}T00:30:00Z`))));
  await pipeline.drain(brought);
  await endMonth(stage, records, world, month, until);
}

/** A month can be closed when it is over in the last zone of the earth, at noon in UTC. */
const LAST_ZONE_MS = DAY / 2;

/**
 * Books what the month brought, releases what is due, and closes and pays its statements on the fifth, or at the sample's last moment when
 * the fifth is to come: nothing is done ahead of it.
 */
async function endMonth(
  { books, program }: Stage,
  records: SampleRecords,
  world: World,
  month: string,
  until: number,
): Promise<void> {
  await markStanding(books.ctx, month);
  await book(books, books.clock.now());
  const next = addMonths(month, 1);
  const open = monthOfInstant(until - LAST_ZONE_MS);
  if (month === open) return;
  const latest = next === open;
  books.clock.set(new Date(Math.min(until, Date.parse(`${next}T09:00:00Z`) + 4 * DAY)));
  const isInvoiced = latest || addMonths(next, 1) === open;
  await transact(books.ctx, async (tx) => {
    if (isInvoiced && !latest) await writePayees(tx, records, world.partners, payeeNeeds(program), month);
    const invoice = (inside: Context) => (isInvoiced ? issueSampleInvoices(inside, records) : Promise.resolve());
    const payouts = { preparer: records.cast.finance, releaser: records.cast.administrator };
    const needs = payoutNeeds(program);
    const pay = (inside: Context) =>
      latest ? prepareNext(inside, payouts, needs, new Date(until)) : payByBatch(inside, payouts, month, needs);
    await payMonth(tx, records.people, month, latest, invoice, isInvoiced ? pay : undefined);
  });
}

async function book(books: Books, at: Date): Promise<void> {
  await recalculate(books.ctx);
  await releaseDue(books.ctx, at.toISOString().slice(0, 10));
}

function monthOfInstant(at: number): string {
  return monthOf(new Date(at).toISOString().slice(0, 10));
}
