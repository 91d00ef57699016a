import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type TwoPartners, twoPartners } from "../../test/two-partners.ts";

const ASKED = "/v1/reports/sub-partners?from=2026-01-01&to=2026-04-01";

describe("what a partner sees of the partners below it", () => {
  let world: TwoPartners;
  let programId: string;
  before(async () => {
    world = await twoPartners();
    const { pool } = world.world.database;
    // The foreign partner stands two steps below: the one between them has no traffic of its own.
    await pool.query(`
      insert into partners.partner (partner_id, code, name, kind, status, parent_partner_id, created_at)
      values ('prt_between', 'between', 'Between', 'network', 'active', '${world.mine.id}', now())`);
    await pool.query("update partners.partner set parent_partner_id = 'prt_between' where partner_id = $1", [
      world.foreign.id,
    ]);
    programId = (await world.administrator.call("GET", "/v1/programs")).body.data[0].id;
  });
  after(() => world.close());

  async function show(subPartnerView: string): Promise<void> {
    const { revision } = (await world.administrator.call("GET", `/v1/programs/${programId}`)).body;
    const changed = await world.administrator.call("PATCH", `/v1/programs/${programId}`, { revision, subPartnerView });
    assert.deepEqual([changed.status, changed.body.subPartnerView], [200, subPartnerView]);
  }

  it("is nothing until the program says otherwise", async () => {
    const report = await world.mine.owner.call("GET", ASKED);
    assert.equal(report.status, 200, JSON.stringify(report.body));
    assert.deepEqual(report.body.rows, []);
  });

  it("is one sum where the program shows totals, without a name", async () => {
    await show("totals");
    const [row, ...others] = (await world.mine.owner.call("GET", ASKED)).body.rows;
    assert.deepEqual([others, row.partner, row.program.id], [[], null, programId]);
    const own = await world.foreign.owner.call("GET", "/v1/reports/funnel?from=2026-01-01&to=2026-04-01&by=");
    assert.deepEqual(row.figures, own.body.totals.figures);
    assert.ok(row.figures.clicks > 0);
    const earned = await world.foreign.owner.call("GET", "/v1/reports/earnings?from=2026-01-01&to=2026-04-01&by=none");
    assert.deepEqual(
      row.earned,
      earned.body.totals.map((one: { currency: string; totalMinor: string }) => ({
        currency: one.currency,
        minor: one.totalMinor,
      })),
    );
    assert.ok(row.earned.length > 0);
    assert.ok(!JSON.stringify(row).includes("frgnxq"));
  });

  it("is each partner that brought or earned something where the program shows partners", async () => {
    await show("partner");
    const { rows } = (await world.mine.owner.call("GET", ASKED)).body;
    assert.deepEqual(
      rows.map((row: { partner: unknown }) => row.partner),
      [{ id: world.foreign.id, name: "frgnxq-partner" }],
    );
  });

  it("never goes upwards or aside, and opens nothing else", async () => {
    assert.deepEqual((await world.foreign.owner.call("GET", ASKED)).body.rows, []);
    assert.deepEqual((await world.mine.key.call("GET", ASKED)).body.rows.length, 1);
    assert.equal((await world.administrator.call("GET", ASKED)).status, 403);
    for (const url of [`/v1/partners/${world.foreign.id}`, `/v1/reports/partners/${world.foreign.id}`])
      assert.equal((await world.mine.owner.call("GET", url)).status, 404, url);
    const lines = await world.mine.owner.call("GET", `/v1/lines?partnerId=${world.foreign.id}`);
    assert.deepEqual(lines.body.data, []);
    const funnel = await world.mine.owner.call("GET", "/v1/reports/funnel?from=2026-01-01&to=2026-04-01&by=partner");
    assert.ok(!JSON.stringify(funnel.body).includes("frgnxq"));
  });
});
