import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Shadow } from "@tributary/contract";
import { deposit, type EventWorld, eventWorld, ms, PROGRAM } from "../../../test/event-world.ts";
import { systemActor } from "../../access/index.ts";
import { runComparison } from "./compare.ts";
import { listResults } from "./results.ts";
import { createShadow, getShadow } from "./service.ts";

const actor = systemActor("test");
const SHADOW_SOURCE = "src_incumbent";
const ALL = { limit: 100, class: undefined, partnerId: undefined, from: undefined, to: undefined, q: undefined };

describe("an incumbent that tells its results live", () => {
  let world: EventWorld;
  let shadow: Shadow;
  const incumbent = (events: Parameters<EventWorld["send"]>[0]) => world.send(events, { sourceId: SHADOW_SOURCE });

  before(async () => {
    world = await eventWorld();
    await world.rows(
      `insert into tracking.event_source (source_id, program_id, name, token_hash, secret, status, created_by, created_at)
       values ($1, $2, 'Incumbent', 'hash', 'sealed', 'active', 'test', '2026-01-01')`,
      [SHADOW_SOURCE, PROGRAM],
    );
    const settings = { timeZone: "UTC", currency: "EUR", types: ["deposit"], sourceId: SHADOW_SOURCE, lateHours: 0 };
    shadow = await createShadow(world.context, actor, {
      programId: PROGRAM,
      name: "Live",
      incumbent: "other",
      ...settings,
    });
  });
  after(() => world.close());

  it("is recorded and counts nothing: no event, no customer, a receipt that says why", async () => {
    const seq = await incumbent([
      deposit("d1", 500, { customerRef: "anna", partnerHint: "ada", at: ms("2026-03-10T10:00:00Z") }),
      deposit("d2", 700, { customerRef: "bert", partnerHint: "ben", at: ms("2026-03-10T11:00:00Z") }),
      deposit("d3", 900, { customerRef: "carl", at: ms("2026-03-10T12:00:00Z") }),
    ]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(seq), Array(3).fill("test shadow_source"));
    for (const table of ["tracking.event", "attribution.customer", "tracking.test_line"])
      assert.deepEqual(await world.rows(`select 1 from ${table}`), [], table);
  });

  it("is compared with what the real source says", async () => {
    const click = await world.click("ada", "2026-03-09T10:00:00Z");
    await world.send([
      deposit("d1", 500, { customerRef: "anna", clickId: click, at: ms("2026-03-10T10:00:00Z") }),
      deposit("d2", 700, { customerRef: "bert", clickId: click, at: ms("2026-03-10T11:00:00Z") }),
    ]);
    await world.pipeline.drain();
    await runComparison(world.context, shadow.id);
    const { rows } = await listResults(world.context, actor, shadow.id, {
      ...ALL,
      class: ["agrees", "other_partner", "missing_here"],
    });
    assert.deepEqual(rows.map((one) => `${one.theirs?.orderId} ${one.class}`).sort(), [
      "d1 agrees",
      "d2 other_partner",
      "d3 missing_here",
    ]);
  });

  it("what it says later of the same conversion takes the place of what it said", async () => {
    await incumbent([deposit("d2", 700, { customerRef: "bert", partnerHint: "ada", at: ms("2026-03-10T11:00:00Z") })]);
    await incumbent([{ type: "deposit", externalId: "d1", customerRef: "d1", void: true }]);
    await incumbent([{ type: "deposit", externalId: "d9", customerRef: "d9", void: true }]);
    await world.pipeline.drain();
    await runComparison(world.context, shadow.id);
    const { summary } = await getShadow(world.context, actor, shadow.id);
    assert.deepEqual(summary?.classes, { agrees: 1, other_status: 1, missing_here: 1 });
  });
});
