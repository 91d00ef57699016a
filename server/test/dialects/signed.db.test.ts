import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { sign } from "../../src/tracking/events/signature.ts";
import { type DialectWorld, DOMAIN, dialectWorld, type MadeSource } from "./dialect-world.ts";

/** A source may demand our signature of a platform's calls too: then they keep their time window. */
describe("signed calls of another platform", () => {
  let world: DialectWorld;
  let source: MadeSource;
  before(async () => {
    world = await dialectWorld();
    source = await world.source("affise", {}, "token");
    await sql`update tracking.event_source set require_signature = true where source_id = ${source.sourceId}`.execute(
      world.edge.database.db,
    );
    await world.edge.routes.refresh();
  });
  after(() => world.close());

  const call = (query: string, at: Date, secret = "unused") => {
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const asked = `${query}&ts=${timestamp}`;
    const path = `/in/${source.own}/postback`;
    const sig = sign({ method: "GET", path, query: asked, body: Buffer.alloc(0) }, timestamp, secret);
    return world.edge.ask(`${path}?${asked}&sig=${sig}`, { Host: DOMAIN });
  };

  it("are let in while they are fresh, and not once the window is over", async () => {
    const now = world.edge.clock.now();
    const fresh = await call("clickid=c&action_id=1&sum=1", now);
    assert.equal(fresh.status, 200, fresh.body.toString());
    const [line] = (await world.stored()).events;
    assert.ok(
      line !== undefined && !("refused" in line) && line.other === undefined,
      "the signature is no part of the event",
    );
    const late = await call("clickid=c&action_id=1&sum=1", new Date(now.getTime() - 6 * 60_000));
    assert.equal(late.status, 401);
    assert.equal((await world.stored()).refused?.code, "signature_expired");
  });

  it("are not let in unsigned, or signed with another secret", async () => {
    const unsigned = await world.edge.ask(`/postback?clickid=c&secure=${source.token}`, { Host: DOMAIN });
    assert.equal(unsigned.status, 401);
    assert.equal((await world.stored()).refused?.code, "signature_invalid");
    assert.equal((await call("clickid=c", world.edge.clock.now(), "another")).status, 401);
  });

  it("that a platform signs itself reach nothing when they come again", async () => {
    const hooked = await world.anotherSource("rewardful", {}, "token", true);
    const sale = { id: "sal_1", currency: "USD", sale_amount_cents: 4900, referral: { id: "ref_1" } };
    const body = JSON.stringify({
      object: sale,
      event: { id: "evt_1", type: "sale.created" },
      request: { id: "req_1" },
    });
    const signature = createHmac("sha256", hooked.token).update(body).digest("hex");
    const headers = { Host: DOMAIN, "Content-Type": "application/json", "X-Rewardful-Signature": signature };
    const first = await world.edge.ask(`/in/${hooked.own}`, headers, "POST", body);
    assert.equal(first.status, 200, first.body.toString());
    const receipt = await world.lastReceipt();
    const again = await world.edge.ask(`/in/${hooked.own}`, headers, "POST", body);
    assert.deepEqual([again.status, again.body], [first.status, first.body]);
    assert.equal(await world.lastReceipt(), receipt, "nothing is written");
  });
});
