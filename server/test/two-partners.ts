import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { createAuth, systemActor } from "../src/access/index.ts";
import { recalculate } from "../src/commissions/index.ts";
import { copyRows } from "../src/database/index.ts";
import { createContact, movePartner, partnerMayEnter } from "../src/partners/index.ts";
import { createOffer, createProgram, moveOffer, moveProgram } from "../src/programs/index.ts";
import { shipAll } from "../src/reporting/index.ts";
import { readConfiguration } from "../src/shell/configuration.ts";
import { openDataFolder } from "../src/shell/data-folder.ts";
import { sealWith } from "../src/shell/http/seal.ts";
import { buildHttpApp } from "../src/shell/http-app.ts";
import { openLog } from "../src/shell/log.ts";
import { openPipeline } from "../src/shell/pipeline.ts";
import type { Program } from "../src/shell/program.ts";
import { roomRoutes } from "../src/shell/room-routes.ts";
import { openTracking, type TrackingParts } from "../src/shell/tracking-parts.ts";
import { openStatements } from "../src/statements/index.ts";
import type { StoredCall, StoredClick } from "../src/tracking/index.ts";
import { type Caller, PUBLIC_URL, people } from "./api-world.ts";
import { temporaryFolder, testAnalytics } from "./harness/index.ts";
import { ANNA, CPA, MoneyWorld, planOf, SHARE } from "./money/world.ts";

const system = systemActor("test");

/** One of the two: everything that a partner can have, every name of it beginning with its own mark. */
export interface FurnishedPartner {
  readonly id: string;
  readonly mark: string;
  readonly owner: Caller;
  readonly key: Caller;
}

export interface TwoPartners {
  readonly world: MoneyWorld;
  readonly routes: Awaited<ReturnType<typeof buildHttpApp>>["routes"];
  readonly administrator: Caller;
  readonly anonymous: Caller;
  /** Makes more people. */
  readonly hands: ReturnType<typeof people>;
  readonly mine: FurnishedPartner;
  readonly foreign: FurnishedPartner;
  close(): Promise<void>;
}

/**
 * The whole application over both engines, with two partners in one program that have the same of everything.
 * @param more routes beside those of the rooms
 */
export async function twoPartners(more: readonly FastifyPluginAsyncZod[] = []): Promise<TwoPartners> {
  const world = await MoneyWorld.open("2026-03-20T12:00:00Z");
  const analytics = await testAnalytics();
  const folder = temporaryFolder();
  const key = randomBytes(32);
  const configuration = readConfiguration({ LOG_LEVEL: "silent" }, { dataDirectory: folder, publicUrl: PUBLIC_URL });
  const { database, ctx, clock } = world;
  const program: Program = {
    databaseUrl: database.url,
    clickhouseUrl: analytics.url,
    configuration,
    folder: openDataFolder(folder),
    log: openLog(configuration, "test"),
    clock,
    database,
    analytics: analytics.client,
    ctx,
    key: () => key,
    close: async () => undefined,
  };
  const tracking = await openTracking(program);
  const { app, routes } = await buildHttpApp({
    ctx,
    database,
    auth: createAuth(ctx, {
      publicUrl: PUBLIC_URL,
      secret: key.toString("hex"),
      rateLimit: false,
      randomBytes,
      partnerMayEnter,
    }),
    seal: sealWith(key),
    publicUrl: PUBLIC_URL,
    trustedProxies: [],
    consoleFolder: "/nowhere",
    version: "0.0.0",
    rooms: [...roomRoutes(program, tracking), ...more],
    rateLimit: false,
  });
  const hands = people(app, ctx);
  const place = await openProgram(world);
  const mine = await furnish({ world, tracking, place, hands }, "minexq");
  const foreign = await furnish({ world, tracking, place, hands }, "frgnxq");
  await openPipeline({ db: database.db, clock, clickIds: tracking.clickIds }).drain();
  await recalculate(ctx);
  await openStatements(ctx);
  await shipAll({ db: database.db, analytics: analytics.client, clickIds: tracking.clickIds });
  return {
    world,
    routes,
    administrator: await hands.administrator(),
    anonymous: hands.anonymous(),
    hands,
    mine,
    foreign,
    close: async () => {
      await app.close();
      await tracking.stop();
      await analytics.close();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Place {
  readonly programId: string;
  readonly offerId: string;
}

async function openProgram(world: MoneyWorld): Promise<Place> {
  const { ctx } = world;
  const fallbackUrl = "https://operator.example/";
  const program = await createProgram(ctx, ANNA, {
    code: "both",
    name: "Both",
    timeZone: "UTC",
    currency: "EUR",
    fallbackUrl,
  });
  await moveProgram(ctx, ANNA, program.id, { revision: 1, status: "active" });
  const offer = await createOffer(ctx, ANNA, {
    programId: program.id,
    code: "main",
    name: "Main",
    landingUrl: "https://operator.example/?c={click_id}",
    allowedHosts: ["operator.example"],
  });
  await moveOffer(ctx, ANNA, offer.id, { revision: 1, status: "active" });
  return { programId: program.id, offerId: offer.id };
}

interface Workshop {
  readonly world: MoneyWorld;
  readonly tracking: TrackingParts;
  readonly place: Place;
  readonly hands: ReturnType<typeof people>;
}

async function furnish(shop: Workshop, mark: string): Promise<FurnishedPartner> {
  const { world, place, hands } = shop;
  const { ctx } = world;
  const id = await hands.partner(`${mark}-partner`);
  await movePartner(ctx, system, id, { revision: 1, status: "onboarding" });
  await movePartner(ctx, system, id, { revision: 2, status: "active" });
  await createContact(ctx, system, id, { name: `${mark} contact`, email: `${mark}@contact.example` });
  const plan = await world.plan(place.programId, `plan-${mark.slice(0, 1)}`, planOf(CPA, SHARE));
  await world.agree(id, place.programId, plan);
  const linkId = await writeTrackingRecords(shop, id, mark);
  await writeTest(shop, id, linkId, mark);
  await writeTraffic(shop, id, linkId, mark);
  const inPartner = { scopeKind: "partner", scopeId: id } as const;
  const owner = await hands.person(mark, [{ role: "partner_owner", ...inPartner }], id);
  const permissions = (await owner.call("GET", "/v1/me")).body.permissions;
  const key = await hands.key(owner, permissions);
  const invited = {
    email: `${mark}@invited.example`,
    name: `${mark} invited`,
    grants: [{ role: "partner_member", ...inPartner }],
  };
  for (const [url, body] of [
    ["/v1/invitations", invited],
    ["/v1/saved-views", { list: "links", name: `${mark} view`, state: { q: mark } }],
  ] as const) {
    const made = await owner.call("POST", url, body);
    if (made.status !== 201) throw new Error(`${url}: ${JSON.stringify(made.body)}`);
  }
  return { id, mark, owner, key };
}

async function writeTrackingRecords(shop: Workshop, partnerId: string, mark: string): Promise<string> {
  const { world, place } = shop;
  const { db, ids } = world.ctx;
  const made = { created_by: "test", created_at: world.clock.now() };
  const linkId = ids.next("lnk");
  await db
    .insertInto("tracking.link")
    .values({
      ...made,
      link_id: linkId,
      code: `${mark}-link`,
      program_id: place.programId,
      offer_id: place.offerId,
      partner_id: partnerId,
      name: `${mark} link`,
      status: "active",
    })
    .execute();
  await db
    .insertInto("tracking.referral_code")
    .values({ ...made, code: mark.toUpperCase(), program_id: place.programId, partner_id: partnerId, link_id: linkId })
    .execute();
  const postbackId = ids.next("pbk");
  const url = `https://${mark}.example/?c={click_id}`;
  await db
    .insertInto("tracking.postback")
    .values({
      ...made,
      postback_id: postbackId,
      partner_id: partnerId,
      name: `${mark} postback`,
      event_types: ["deposit"],
      method: "GET",
      url,
      host: `${mark}.example`,
      status: "active",
    })
    .execute();
  const at = world.clock.now();
  const delivery = await db
    .insertInto("tracking.delivery")
    .values({
      postback_id: postbackId,
      partner_id: partnerId,
      occasion: "deposit",
      dedupe_key: mark,
      values: JSON.stringify({ click_id: mark }),
      state: "dead",
      attempts: 1,
      created_at: at,
      settled_at: at,
      window_from: at,
      outcome: "gave_up",
    })
    .returning("delivery_id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("tracking.attempt")
    .values({
      delivery_id: delivery.delivery_id,
      attempt: 1,
      at,
      url: `https://${mark}.example/?c=1`,
      status: 500,
      duration_ms: 3,
      response: `${mark} broke`,
    })
    .execute();
  return linkId;
}

/** A test that was run on the link, with what arrived for it. */
async function writeTest({ world, place }: Workshop, partnerId: string, linkId: string, mark: string): Promise<void> {
  const { db, ids } = world.ctx;
  const at = world.clock.now();
  const of = { partner_id: partnerId, program_id: place.programId, offer_id: place.offerId, link_id: linkId };
  const click_id = `08${mark}`;
  await db
    .insertInto("tracking.proof_run")
    .values({
      ...of,
      run_id: ids.next("prf"),
      kind: "postback",
      state: "running",
      click_id,
      options: JSON.stringify({ url: `https://${mark}.example/`, parameters: {}, customerRef: mark }),
      result: "{}",
      configuration: "{}",
      started_by: "test",
      started_name: `${mark} tester`,
      by_partner: true,
      started_at: at,
    })
    .execute();
  const sent = {
    line: 0,
    type: "registration",
    externalId: mark,
    customerRef: mark,
    at: at.getTime(),
    clickId: click_id,
  };
  await db
    .insertInto("tracking.test_line")
    .values({
      ...of,
      lane: 1,
      seq: mark === "minexq" ? 1n : 2n,
      line: 0,
      source_id: "proof",
      door: "console",
      click_id,
      customer_ref: mark,
      reason: "test_click",
      sent: JSON.stringify(sent),
      received_at: at,
    })
    .execute();
}

/** A click and what came of it, through the intake log and the pipeline. */
async function writeTraffic(shop: Workshop, partnerId: string, linkId: string, mark: string): Promise<void> {
  const { world, tracking, place } = shop;
  const { db } = world.ctx;
  const { num } = await db
    .selectFrom("tracking.link")
    .select("num")
    .where("link_id", "=", linkId)
    .executeTakeFirstOrThrow();
  const { lane } = await db
    .insertInto("intake.lane")
    .values({ writer: mark, opened_at: world.clock.now() })
    .returning("lane")
    .executeTakeFirstOrThrow();
  const clickAt = Date.parse("2026-03-02T10:00:00Z");
  const id = tracking.clickIds.issue(clickAt, num, lane, 1);
  const click: StoredClick = {
    v: 1,
    id,
    at: clickAt,
    verdict: "click",
    to: "landing",
    link: num,
    linkId,
    programId: place.programId,
    offerId: place.offerId,
    partnerId,
  };
  const event = (line: number, type: string, hour: number, more: object = {}) => ({
    line,
    type,
    externalId: `${mark}-${type}`,
    customerRef: `${mark}-customer`,
    at: Date.parse(`2026-03-02T${hour}:00:00Z`),
    ...(line === 0 ? { clickId: id } : {}),
    ...more,
  });
  const money = (name: string, minor: string) => ({ currency: "EUR", measures: { [name]: minor } });
  const call: StoredCall = {
    v: 1,
    door: "api",
    sourceId: "src_test",
    programId: place.programId,
    events: [
      event(0, "registration", 11),
      event(1, "kyc_passed", 12),
      event(2, "deposit", 13, money("deposit", "25000")),
      event(3, "activity", 14, money("ggr", "9000")),
    ],
  };
  const client = await world.database.pool.connect();
  try {
    await copyRows(
      client,
      "intake.entry",
      ["lane", "seq", "kind", "received_at", "body"],
      [
        [lane, 1, 1, new Date(clickAt), JSON.stringify(click)],
        [lane, 2, 3, new Date(clickAt + 7_200_000), JSON.stringify(call)],
      ],
    );
  } finally {
    client.release();
  }
}
