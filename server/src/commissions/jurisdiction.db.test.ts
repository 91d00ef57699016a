import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { ANNA, MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import { addLicence, endLicence } from "../partners/index.ts";
import { recalculate } from "./index.ts";
import { licenceChanged } from "./terms-accepted.ts";

describe("what a jurisdiction does not let a partner be paid by", () => {
  let world: MoneyWorld;
  let program: string;
  let partner: string;
  before(async () => {
    world = await MoneyWorld.open();
    program = await world.program("casino");
    partner = await world.partner("jersey");
  });
  after(() => world.close());

  const held = async () => {
    const { rows } = await sql<{ v: string }>`
      select distinct on (l.line_key) concat_ws(' ', to_char(l.month, 'MM'), l.amount_minor, l.working->'hold'->>'reason') as v
      from commissions.line l where l.partner_id = ${partner} order by l.line_key, l.version desc`.execute(
      world.ctx.db,
    );
    return rows.map((row) => row.v);
  };
  const licence = (kind: string, validFrom: string) =>
    addLicence(world.ctx, ANNA, partner, {
      jurisdiction: "US-NJ",
      class: kind,
      reference: "",
      validFrom,
      validTo: null,
    });

  it("a share of revenue is paid while the licence allows it and held from the day on which it does not", async () => {
    const ancillary = await licence("csie", "2026-01-01");
    await world.agree(partner, program, await world.plan(program, "share", planOf(SHARE)));
    const customer = await world.customer(program, partner, "one");
    await world.arrive({ customer, type: "activity", on: "2026-01-20", measures: { ggr: 10_000 } });
    await recalculate(world.ctx);
    assert.deepEqual(await held(), ["01 3000"]);

    await endLicence(world.ctx, ANNA, partner, ancillary.id, "2026-02-10");
    await licence("vendor_registration", "2026-02-10");
    await licenceChanged(world.ctx, { partnerId: partner, from: "2026-02-10" });
    await world.arrive({ customer, type: "activity", on: "2026-02-20", measures: { ggr: 10_000 } });
    await recalculate(world.ctx);
    assert.deepEqual(await held(), ["01 3000", "02 3000 jurisdiction"]);
    assert.deepEqual(await world.owed(partner), { held: 3000n, payable: 3000n });

    await licence("csie", "2026-02-01");
    await licenceChanged(world.ctx, { partnerId: partner, from: "2026-02-01" });
    await recalculate(world.ctx);
    assert.deepEqual(await held(), ["01 3000", "02 3000"], "licensed again: nothing stands against it");
  });
});
