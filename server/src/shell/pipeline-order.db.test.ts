import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { deposit, type EventSketch, type EventWorld, eventWorld, ms } from "../../test/event-world.ts";
import { systemActor } from "../access/index.ts";
import { attributeByHand } from "../attribution/index.ts";
import { fixedClock } from "../kernel/clock.ts";
import { publicNumber } from "../kernel/ids.ts";
import { replayAttribution } from "./attribution-replay.ts";
import { customerSurroundings } from "./customers.ts";
import { replayFacts } from "./replay.ts";

/** What must be the same however events arrived: nothing that was given by arrival (ids, times of receipt, receipts). */
async function outcome(world: EventWorld) {
  return {
    events: await world.rows(
      `select type, external_id, customer_ref, occurred_at, measures, click_id, partner_id, void from tracking.event
       where superseded_by is null and not void order by type, external_id`,
    ),
    facts: await world.rows(
      `select customer_ref, day, product, measure, currency, amount, events from commissions.fact_day
       join attribution.customer using (customer_id) order by 1, 2, 3, 4, 5`,
    ),
    milestones: await world.rows(
      `select c.customer_ref, registered_at, kyc_at, ftd_at, ftd_minor, f.external_id as ftd, second_deposit_at, s.external_id as second
       from commissions.milestone m join attribution.customer c using (customer_id)
       left join tracking.event f on f.event_id = m.ftd_event_id left join tracking.event s on s.event_id = m.second_deposit_event_id
       where num_nonnulls(registered_at, kyc_at, ftd_at) > 0 order by 1`,
    ),
    owners: await world.rows(
      `select customer_ref, first_seen, partner_id, click_id, reason, bound_at, owned_from, owned_until from attribution.customer
       where exists (select from tracking.event e where e.customer_id = customer.customer_id and superseded_by is null and not void)
       order by 1`,
    ),
    former: await world.rows(
      `select c.customer_ref, position, f.partner_id, f.owned_from, f.owned_until from attribution.former_owner f
       join attribution.customer c using (customer_id) order by 1, 2`,
    ),
  };
}

/** Versions of one event in the order in which they must stay, or in any order when `free`. */
interface Story {
  readonly free: boolean;
  readonly versions: readonly EventSketch[];
}

const CLICKS = ["ada 2", "ben 5", "cyd 9", "ada 14", "ben 20"];

const story = fc.record({
  kind: fc.constantFrom("once", "once", "twice", "corrected", "corrected", "reversed", "reversed", "moved", "pointed"),
  type: fc.constantFrom("registration", "kyc_passed", "deposit", "deposit", "activity"),
  customer: fc.constantFrom("anna", "bert", "cleo"),
  day: fc.integer({ min: 1, max: 28 }),
  hour: fc.integer({ min: 0, max: 1 }),
  amount: fc.integer({ min: 1, max: 900 }),
  points: fc.constantFrom(
    "",
    "",
    "click 0",
    "click 1",
    "click 2",
    "click 3",
    "click 4",
    "code ADA",
    "code CYD",
    "hint ben",
    "click 5",
  ),
});
type Drawn = typeof story extends fc.Arbitrary<infer T> ? T : never;

const NEXT = { anna: "bert", bert: "cleo", cleo: "anna" };

function tell(drawn: Drawn, index: number, clicks: readonly string[]): Story {
  const { type, customer: customerRef, amount } = drawn;
  const at = ms("2026-03-01T00:00:00Z") + ((drawn.day - 1) * 24 + drawn.hour) * 3_600_000;
  const [kind, name = ""] = drawn.points.split(" ");
  const clickId = clicks[Number(name)];
  const points = {
    ...(kind === "click" && clickId !== undefined ? { clickId } : {}),
    ...(kind === "code" ? { code: name } : {}),
    ...(kind === "hint" ? { partnerHint: name } : {}),
  };
  const measures = (minor: number): Partial<EventSketch> =>
    type === "deposit" || type === "activity"
      ? { currency: "EUR", measures: { [type === "deposit" ? "deposit" : "ngr"]: String(minor) } }
      : {};
  const first: EventSketch = { type, externalId: `x${index}`, customerRef, at, ...measures(amount), ...points };
  if (drawn.kind === "once") return { free: true, versions: [first] };
  if (drawn.kind === "twice") return { free: true, versions: [first, first] };
  if (drawn.kind === "reversed")
    return { free: true, versions: [first, { type, externalId: `x${index}`, customerRef, at, void: true }] };
  if (drawn.kind === "moved") return { free: false, versions: [first, { ...first, customerRef: NEXT[customerRef] }] };
  if (drawn.kind === "pointed") return { free: false, versions: [first, { ...first, code: "BEN" }] };
  return { free: false, versions: [first, { ...first, at: at + 3_600_000, ...measures(amount + 1) }] };
}

/** Mixes the stories by chance, keeping the order of versions where it matters. */
function mix(stories: readonly Story[], chance: () => number): EventSketch[] {
  const left = stories.map(({ free, versions }) => ({ free, versions: [...versions] }));
  const mixed: EventSketch[] = [];
  while (left.length > 0) {
    const index = Math.floor(chance() * left.length);
    const one = left[index];
    if (one === undefined) break;
    const [version] = one.versions.splice(one.free ? Math.floor(chance() * one.versions.length) : 0, 1);
    if (version !== undefined) mixed.push(version);
    if (one.versions.length === 0) left.splice(index, 1);
  }
  return mixed;
}

function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Clicks 0 to 4 of one or two visitors, then an impression that may itself be named as one names a click. */
async function touch(world: EventWorld): Promise<string[]> {
  const clicks: string[] = [];
  const early = await world.view("cyd", "2026-03-08T00:00:00Z");
  const late = await world.view("ben", "2026-03-13T00:00:00Z", { prevView: early });
  for (const [index, text] of CLICKS.entries()) {
    const [partner = "", day = ""] = text.split(" ");
    const prev = index % 2 === 1 ? clicks[index - 1] : undefined;
    clicks.push(
      await world.click(partner, `2026-03-${day.padStart(2, "0")}T00:00:00Z`, {
        ...(prev === undefined ? {} : { prev }),
        ...(index === 3 ? { prevView: late } : {}),
      }),
    );
  }
  return [...clicks, late];
}

/** What a person decided in the middle of the month: when it is decided, nothing later can have arrived. */
const gift = fc.record({
  customer: fc.constantFrom("anna", "bert", "cleo"),
  partner: fc.constantFrom("prt_ada", "prt_cyd", null),
  day: fc.option(fc.integer({ min: 1, max: 15 })),
});
type Gift = typeof gift extends fc.Arbitrary<infer T> ? T : never;
const GIVEN_AT = "2026-03-15T12:00:00Z";

async function give(world: EventWorld, { customer, partner, day }: Gift): Promise<void> {
  const [found] = await world.rows<{ id: bigint; revision: number }>(
    "select customer_id as id, revision from attribution.customer where customer_ref = $1",
    [customer],
  );
  assert.ok(found !== undefined);
  const from = day === null ? null : `2026-03-${String(day).padStart(2, "0")}`;
  const given = { partnerId: partner, linkId: null, from, reason: "a test", revision: found.revision };
  const ctx = { ...world.context, clock: fixedClock(GIVEN_AT) };
  await attributeByHand(ctx, systemActor("test"), publicNumber("cus", found.id), given, customerSurroundings);
}

/** Cuts events in two: some of what had happened when the person decided, the customer's first at least, then all others. */
function cut(events: readonly EventSketch[], given: Gift, chance: () => number): EventSketch[][] {
  const known = events.filter((event) => Number(event.at) <= ms(GIVEN_AT));
  const first = known.findIndex((event) => event.customerRef === given.customer);
  if (first === -1) return [[...events]];
  const before = known.slice(0, first + 1 + Math.floor(chance() * (known.length - first)));
  const others = [...events];
  for (const event of before) others.splice(others.indexOf(event), 1);
  return [before, others];
}

async function play(world: EventWorld, drawn: readonly Drawn[], given: Gift | null, seed: number) {
  const clicks = await touch(world);
  const chance = chanceFrom(seed);
  const events = mix(
    drawn.map((one, index) => tell(one, index, clicks)),
    chance,
  );
  const parts = given === null ? [events] : cut(events, given, chance);
  for (const [index, part] of parts.entries()) {
    if (index === 1 && given !== null) await give(world, given);
    while (part.length > 0) {
      await world.send(part.splice(0, 1 + Math.floor(chance() * 6)));
      if (chance() < 0.4) await world.pipeline.drain();
    }
    await world.pipeline.drain();
  }
}

const RULES = [
  {},
  { windowDays: 7, binding: { kind: "days", days: 6 } },
  { existingCustomers: "keep", priority: ["click", "code"], deferredLeads: { kind: "days", days: 3 } },
  {
    model: "first_click",
    priority: ["code", "manual", "customer", "click", "partner"],
    binding: { kind: "days", days: 6, extension: { days: 3, from: "end", events: ["deposit"] } },
    noOverwritePartners: ["prt_ada"],
    deferredLeads: { kind: "never" },
  },
  {
    priority: ["click", "impression", "code", "customer"],
    windows: [{ offerId: null, partnerId: "prt_ben", clickDays: 3, impressionDays: 9 }],
    impressionWindowDays: 4,
    binding: { kind: "days", days: 5, extension: { days: 4, from: "purchase", events: ["deposit", "activity"] } },
    deferredLeads: { kind: "days", days: 2 },
  },
];

/** Rules that change in the middle of the month, and once more for some days only. */
const VERSIONS = [
  { rules: { priority: ["code", "customer", "click"], windowDays: 9 }, from: "2026-03-12", until: null },
  { rules: { existingCustomers: "keep", binding: { kind: "days", days: 4 } }, from: "2026-03-05", until: "2026-03-15" },
];

async function addVersions(world: EventWorld): Promise<void> {
  await world.rows(
    `insert into attribution.rules_version (program_id, version, rules, created_at, reason)
     select program_id, 1, attribution, created_at, 'the first' from programs.program`,
  );
  for (const [index, { rules, from, until }] of VERSIONS.entries())
    await world.rows(
      `insert into attribution.rules_version (program_id, version, rules, valid_from, valid_until, created_at, reason)
       select program_id, $1, $2, $3, $4, created_at, 'a later one' from programs.program`,
      [index + 2, JSON.stringify(rules), from, until],
    );
}

/** Two worlds by the same rules, the keys of click ids too. */
async function twoWorlds(rules: object): Promise<readonly [EventWorld, EventWorld]> {
  const worlds = [await eventWorld(rules, "America/New_York"), await eventWorld(rules, "America/New_York")] as const;
  worlds[1].useKeysOf(worlds[0]);
  return worlds;
}

/** The same outcome in both, and from all events again. */
async function assertAlike(worlds: readonly [EventWorld, EventWorld]): Promise<void> {
  const expected = await outcome(worlds[0]);
  assert.deepEqual(await outcome(worlds[1]), expected);
  const ctx = worlds[1].context;
  assert.deepEqual((await replayFacts(ctx, { dryRun: true })).differences, []);
  assert.deepEqual((await replayAttribution(ctx, worlds[1].clickIds, { dryRun: true })).moved, []);
}

describe("the order of arrival", () => {
  for (const [rules, versions] of [...RULES.map((one) => [one, ""] as const), [{}, " with later versions"] as const]) {
    it(`makes no difference, nor do batches; replay agrees: ${JSON.stringify(rules)}${versions}`, async () => {
      const drawnStories = fc.array(story, { minLength: 12, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(drawnStories, fc.option(gift), fc.nat(), fc.nat(), async (drawn, given, one, two) => {
          const worlds = await twoWorlds(rules);
          try {
            if (versions !== "") await Promise.all(worlds.map(addVersions));
            await play(worlds[0], drawn, given, one);
            await play(worlds[1], drawn, given, two);
            await assertAlike(worlds);
          } finally {
            await Promise.all(worlds.map((world) => world.close()));
          }
        }),
        { numRuns: Number(process.env.TRIBUTARY_PROPERTY_RUNS ?? 2), endOnFailure: true },
      );
    });
  }

  // bert's only other event is reversed by the batch that brings the one that counts; of cleo a reversal came first.
  it("is not told by when a customer was first seen, of whose events none counted for a while", async () => {
    const day = (name: string) => ms(`2026-03-${name}T12:00:00Z`);
    const claim: EventSketch = {
      type: "kyc_passed",
      externalId: "x1",
      customerRef: "bert",
      at: day("05"),
      code: "ADA",
    };
    const back: EventSketch = { type: "kyc_passed", externalId: "x1", customerRef: "bert", at: day("05"), void: true };
    const paid: EventSketch = { ...deposit("x2", 100), customerRef: "bert", at: day("16"), code: "CYD" };
    const early: EventSketch = { type: "registration", externalId: "x3", customerRef: "cleo", at: day("02") };
    const gone: EventSketch = { ...early, void: true };
    const late: EventSketch = { ...deposit("x4", 100), customerRef: "cleo", at: day("09") };
    const worlds = await twoWorlds({ deferredLeads: { kind: "days", days: 2 } });
    try {
      const orders = [
        [
          [paid, late],
          [claim, early],
          [back, gone],
        ],
        [[claim, gone], [back, paid, late], [early]],
      ];
      for (const [index, order] of orders.entries())
        for (const events of order) {
          await worlds[index]?.send(events);
          await worlds[index]?.pipeline.drain();
        }
      await assertAlike(worlds);
      assert.deepEqual(
        await worlds[0].rows("select customer_ref, first_seen, owned_from from attribution.customer order by 1"),
        [
          { customer_ref: "bert", first_seen: new Date(day("16")), owned_from: null },
          { customer_ref: "cleo", first_seen: new Date(day("09")), owned_from: null },
        ],
      );
    } finally {
      await Promise.all(worlds.map((world) => world.close()));
    }
  });
});
