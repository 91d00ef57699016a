import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { ANNA, BERT, MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import { transact } from "../database/index.ts";
import { publicNumber } from "../kernel/ids.ts";
import { closeMonths, verifyLedger } from "../ledger/index.ts";
import { changePartner, createPartner, movePartner } from "../partners/index.ts";
import { explainLine, type LineSurroundings, recalculate, verifyBooks } from "./index.ts";

const NGR = { name: "ngr", terms: [{ add: "ggr" }] };

describe("what changed elsewhere, before or afterwards", () => {
  let world: MoneyWorld;
  let casino: string;
  let sports: string;
  before(async () => {
    world = await MoneyWorld.open();
    casino = await world.program("casino");
    sports = await world.program("sports");
    for (const [day, rate] of [
      ["2026-01-15", "1.2500"],
      ["2026-01-20", "1.0000"],
    ])
      await sql`insert into commissions.rate (source, day, currency, rate, loaded_at)
        values ('ecb', ${day}, 'USD', ${rate}, now())`.execute(world.ctx.db);
  });
  after(() => world.close());

  const linesOf = async (partner: string) => {
    const { rows } = await sql<{ v: string }>`
      select concat_ws(' ', component, subject_id, version, amount_minor, difference_minor, to_char(month, 'MM')) as v
      from commissions.line where partner_id = ${partner} order by line_id`.execute(world.ctx.db);
    return rows.map((row) => row.v);
  };
  const activity = (customer: bigint, on: string, minor: number, currency = "EUR") =>
    world.arrive({ customer, type: "activity", on, measures: { ggr: minor }, currency });
  const around = (): LineSurroundings => ({
    clickOf: async () => undefined,
    eventsOfCustomer: async () => [],
    maskCustomer: (ref) => ref,
    whole: world.ctx.db,
  });

  it("a line in the open month points at the closed one it corrects, its rate and its currency rate", async () => {
    const partner = await world.partner("late");
    await world.agree(partner, casino, await world.plan(casino, "late-share", planOf(SHARE)));
    const customer = await world.customer(casino, partner, "late-1");
    await activity(customer, "2026-01-15", 125_000, "USD");
    await recalculate(world.ctx);
    await transact(world.ctx, (tx) => closeMonths(tx, [{ partnerId: partner, currency: "EUR", month: "2026-01-01" }]));
    await activity(customer, "2026-01-20", 50_000, "USD");
    await recalculate(world.ctx);

    const { rows } = await sql<{ id: bigint; booked: string }>`
      select line_id as id, to_char(booked_month, 'YYYY-MM') as booked from commissions.line
      where partner_id = ${partner} order by line_id`.execute(world.ctx.db);
    assert.deepEqual(
      rows.map((row) => row.booked),
      ["2026-01", "2026-02"],
    );
    const [first, second] = rows.map((row) => publicNumber("cln", row.id));
    const late = await explainLine(world.ctx, ANNA, second ?? "", "en", around());
    assert.equal(late.original?.lineId, first);
    assert.deepEqual(
      [late.original?.bookedMonth, late.original?.amount, late.original?.rate],
      ["2026-01", "30000", "30 %"],
      "1,250 USD at 1.25 are 1,000 EUR: 300.00 were booked in January",
    );
    assert.deepEqual(
      late.original?.conversions.map((one) => [one.published, one.converted]),
      [["2026-01-15", "1000"]],
    );
    assert.match(JSON.stringify(late.original?.conversions), /1\.25/);
    assert.deepEqual(
      late.working.conversions.map((one) => [one.asked, one.converted]),
      [
        ["2026-01-15", "1000"],
        ["2026-01-20", "500"],
      ],
    );
    const original = await explainLine(world.ctx, ANNA, first ?? "", "en", around());
    assert.equal(original.original, null, "the first line corrects nothing");
  });

  it("a share of every program is due with each of them, and nets them in one balance", async () => {
    const partner = await world.partner("everywhere");
    const share = { ...SHARE, base: NGR, programs: "all" as const };
    await world.agree(partner, casino, await world.plan(casino, "everywhere", planOf(share)));
    const here = await world.customer(casino, partner, "here");
    const there = await world.customer(sports, partner, "there");
    await activity(here, "2026-02-10", 100_000);
    await recalculate(world.ctx);
    assert.deepEqual(await linesOf(partner), ["share 2026-02 1 30000 30000 02"]);
    await activity(there, "2026-02-11", -150_000);
    await recalculate(world.ctx);
    assert.deepEqual((await linesOf(partner)).slice(1), ["share 2026-02 2 0 -30000 02"]);
    await activity(there, "2026-03-05", 70_000);
    await recalculate(world.ctx);
    assert.deepEqual((await linesOf(partner)).slice(2), ["share 2026-03 1 6000 6000 03"], "700 − 500");
    assert.deepEqual(await recalculate(world.ctx), { pairs: 0, lines: 0, transfers: 0, problems: 0 });
  });

  it("two agreements that look at each other's program do not keep each other busy", async () => {
    const partner = await world.partner("both");
    const gate = { metric: { count: "customers", programs: "all" as const }, atLeast: "2" };
    const gated = { ...SHARE, base: NGR, gate: { needs: gate, otherwise: "nothing" as const } };
    await world.agree(partner, casino, await world.plan(casino, "gated-c", planOf(gated)));
    await world.agree(partner, sports, await world.plan(sports, "gated-s", planOf(gated)));
    await activity(await world.customer(casino, partner, "both-c"), "2026-02-10", 10_000);
    await recalculate(world.ctx);
    assert.deepEqual(await linesOf(partner), ["share 2026-02 1 0 0 02"]);
    await activity(await world.customer(sports, partner, "both-s"), "2026-02-11", 20_000);
    await recalculate(world.ctx);
    assert.deepEqual((await linesOf(partner)).slice(1).sort(), [
      "share 2026-02 1 6000 6000 02",
      "share 2026-02 2 3000 3000 02",
    ]);
  });

  it("the level of a sub-partner on the day of a fact decides, whatever it is today", async () => {
    const parent = await world.partner("parent");
    const plan = planOf({
      code: "network",
      model: "sub_partner",
      pays: { mode: "level_difference", own: "0.10", of: "ggr" },
    });
    await world.agree(parent, casino, await world.plan(casino, "network", plan));
    const sub = await createPartner(world.ctx, ANNA, {
      code: "sub",
      name: "Sub",
      kind: "affiliate",
      parentPartnerId: parent,
      tags: ["level_value:0.05"],
    });
    let { revision } = sub;
    for (const status of ["onboarding", "active"] as const)
      ({ revision } = await movePartner(world.ctx, BERT, sub.id, { revision, status, reason: "checked" }));
    const customer = await world.customer(casino, sub.id, "below");
    await activity(customer, "2026-02-10", 100_000);
    await recalculate(world.ctx);
    assert.deepEqual(await linesOf(parent), [`network ${sub.id} 1 5000 5000 02`]);
    // The clock stands on 10 March: from then on its own level is lower.
    await changePartner(world.ctx, ANNA, sub.id, { revision, tags: ["level_value:0.02"] });
    await activity(customer, "2026-03-09", 100_000);
    await activity(customer, "2026-03-10", 100_000);
    await activity(customer, "2026-02-20", 20_000);
    await recalculate(world.ctx);
    assert.deepEqual((await linesOf(parent)).slice(1), [
      `network ${sub.id} 2 6000 1000 02`,
      `network ${sub.id} 1 13000 13000 03`,
    ]);
  });

  it("the books still prove themselves", async () => {
    assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
    assert.deepEqual((await verifyBooks(world.ctx)).problems, []);
  });
});
