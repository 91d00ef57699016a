import { transact } from "../../database/index.ts";
import { createEdge, type Edge, eventsSoFar, takeEvents } from "../../tracking/index.ts";
import { payeeNeeds } from "../payees.ts";
import type { Program } from "../program.ts";
import { openTracking, type TrackingParts, vaultFor } from "../tracking-parts.ts";
import { writeAccess } from "./access.ts";
import { type BooksOrder, contextAt, monthOfInstant, SAMPLE_SEED, type SampleContext } from "./books.ts";
import { writeLists } from "./bulk.ts";
import { writeCreatives } from "./creatives.ts";
import { writeDiligence } from "./diligence.ts";
import { writeMorning } from "./morning.ts";
import { writeNegotiations } from "./negotiations.ts";
import { Onlooker, writeOtherSystems } from "./other-systems.ts";
import { writePartnerRecords } from "./partner-record.ts";
import type { Part } from "./parts.ts";
import { moveAccounts } from "./payees.ts";
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
export const SAMPLE_DAYS = 365;
/** How long caps, landing sets and other ways to promote have been there. */
const PROMOTED_DAYS = 35;

export interface BuildOptions {
  /** about how many clicks; 400,000 in `npm run demo`, fewer in tests */
  readonly clicks: number;
  readonly onProgress: (share: number, what: string) => void;
}

/** The doors in the sample's past, with their clock. */
interface Stage {
  readonly until: number;
  readonly ctx: SampleContext;
  readonly parts: TrackingParts;
  readonly edge: Edge;
}

/**
 * Builds the sample into an empty program: records, a year of clicks and events, the month ends that have passed. Everything
 * goes through the doors that real data takes, with a clock that stands in the past. The back office's work is done in a process of its own,
 * beside the traffic of the months that follow.
 */
export async function buildSample(program: Program, office: Part<BooksOrder>, options: BuildOptions): Promise<void> {
  const draw = chance(SAMPLE_SEED);
  const world = buildWorld(draw.branch("world"));
  const until = program.clock.now().getTime();
  const start = Math.floor(until / DAY) * DAY - (SAMPLE_DAYS - 1) * DAY;
  const ids = draw.branch("ids");
  const ctx = contextAt(program, new Date(start), ids.branch("doors"));
  const after = contextAt(program, new Date(until), ids.branch("after"));
  const stage = await openStage(program, ctx, until);
  try {
    // One transaction for all records: a thousand commits, each of them durable, would take longer than the records themselves.
    const records = await transact(ctx, (tx) => writeRecords(tx, world, { clock: ctx.clock, start: new Date(start) }));
    const { configuration, databaseUrl, clickhouseUrl } = program;
    await office.ask({ open: { configuration, addresses: { databaseUrl, clickhouseUrl }, records, until } });
    await stage.parts.routes.refresh();
    const visits = visitsOf(stage, world, draw.branch("addresses"));
    const year = { stage, after, office, world, records, visits, options };
    const { onlooker, caps } = await liveYear(program, year, draw.branch("traffic"), start);
    await writeTheRest(program, after, { records, world, onlooker, caps });
  } finally {
    await stage.parts.stop();
  }
}

interface Year {
  readonly stage: Stage;
  /** at the sample's last moment */
  readonly after: SampleContext;
  readonly office: Part<BooksOrder>;
  readonly world: World;
  readonly records: SampleRecords;
  readonly visits: Visits;
  readonly options: BuildOptions;
}

/** The year day by day; resolves when the back office has taken everything through. */
async function liveYear(
  program: Program,
  { stage, after, office, world, records, visits, options }: Year,
  draw: Chance,
  start: number,
): Promise<{ onlooker: Onlooker; caps: SampleCaps | undefined }> {
  const { until } = stage;
  let days = 0;
  let month = monthOfInstant(start);
  let monthEnds = Promise.resolve();
  let caps: SampleCaps | undefined;
  const onlooker = new Onlooker(world, until);
  for (const day of simulate(world, draw, { start, days: SAMPLE_DAYS, until, clicks: options.clicks })) {
    const now = monthOfInstant(day.start);
    if (now !== month) {
      const ended = { month, brought: await eventsSoFar(program.ctx.db) };
      monthEnds = monthEnds.then(() => office.ask({ ended }));
      // It is awaited at the end; until then its failure must not end the program.
      monthEnds.catch(() => undefined);
      month = now;
    }
    if (days === SAMPLE_DAYS - PROMOTED_DAYS) {
      // What came before there were caps is not let into them.
      await Promise.all([monthEnds, writeBeside(after, records, until)]);
      caps = await promote(stage, records, day.start, options.clicks);
    }
    await liveDay(stage, records, visits, day);
    onlooker.look(day.events);
    days += 1;
    options.onProgress(days / SAMPLE_DAYS, new Date(day.start).toISOString().slice(0, 10));
  }
  await monthEnds;
  await office.ask({ finish: true });
  return { onlooker, caps };
}

interface Built {
  readonly records: SampleRecords;
  readonly world: World;
  readonly onlooker: Onlooker;
  readonly caps: SampleCaps | undefined;
}

/** What has nothing to do with traffic and books, written while those are waited for. */
async function writeBeside(ctx: SampleContext, records: SampleRecords, until: number): Promise<void> {
  await writePipeline(ctx, records, ctx.clock, until);
  await writeCreatives(ctx, records);
}

/** What stands beside the traffic, as it is at the sample's last moment. */
async function writeTheRest(
  program: Program,
  ctx: SampleContext,
  { records, world, onlooker, caps }: Built,
): Promise<void> {
  await writeNegotiations(ctx, records);
  if (caps !== undefined) await fillCaps(ctx, records, caps);
  await writeOtherSystems(ctx, program, records, onlooker);
  await moveAccounts(ctx, records, world.partners, payeeNeeds(program));
  await writeReconciliation(ctx, records, onlooker);
  await writeReviews(ctx, records, vaultFor(program));
  await writeDiligence(ctx, records, world.partners, vaultFor(program));
  await writePartnerRecords(ctx, records);
  await writeLists(ctx, records);
  await writeAccess(ctx, records);
  await writeMorning(ctx);
}

async function openStage(program: Program, ctx: SampleContext, until: number): Promise<Stage> {
  const { clock } = ctx;
  const parts = await openTracking({ ...program, clock, ctx });
  const edge = createEdge({ ...parts, routes: parts.routes.table, clock, trustedProxies: [], fallbackUrl: null });
  return { until, ctx, parts, edge };
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
  stage.ctx.clock.set(new Date(start));
  const caps = await writePromotion(stage.ctx, records, clicks);
  await stage.parts.routes.refresh();
  return caps;
}

async function liveDay(stage: Stage, records: SampleRecords, visits: Visits, day: SampleDay): Promise<void> {
  const setClock = (at: number) => stage.ctx.clock.set(new Date(at));
  await recordClicks(visits, day.clicks, setClock);
  await recordImpressions(visits, day.impressions, setClock);
  stage.ctx.clock.set(new Date(Math.min(day.start + DAY - 1, stage.until)));
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
  await takeEvents({ ...stage.parts, clock: stage.ctx.clock }, call, events.map(wireEvent));
}
