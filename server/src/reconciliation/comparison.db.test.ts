import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { deposit, type EventWorld, eventWorld, ms, PROGRAM } from "../../test/event-world.ts";
import { ANNA } from "../../test/money/world.ts";
import { runComparison } from "./compare.ts";
import { listSideRefusals, readSideFile, takeSideFile } from "./comparison-files.ts";
import { readComparisonFile } from "./comparison-rows.ts";
import { createComparison, getComparison } from "./comparisons.ts";
import { answerOpenItem, listOpenItems, openItem } from "./open-items.ts";
import { correctResult, getResult, listResults } from "./results.ts";

const HEADER = "Order ID,Customer,Date,Partner,Sale Amount,Currency,Status,Commission";

describe("three sides of the same conversions", () => {
  let world: EventWorld;
  before(async () => {
    world = await eventWorld();
    const [ada, ben] = [
      await world.click("ada", "2026-03-01T10:00:00Z"),
      await world.click("ben", "2026-03-01T10:00:00Z"),
    ];
    const one = (order: string, cents: number, at: string, clickId: string | undefined = ada) =>
      deposit(order, cents, { customerRef: `c-${order}`, at: ms(`2026-03-${at}Z`), ...(clickId && { clickId }) });
    await world.send([
      one("A1", 1000, "05T10:00:00"), one("A2", 2000, "06T10:00:00"), one("A3", 3000, "07T10:00:00"), one("A4", 4000, "08T10:00:00"),
      one("A5", 5000, "09T10:00:00", ben), one("A6", 6000, "10T10:00:00"), one("A7", 7000, "11T23:30:00"), one("A8", 800, "12T10:00:00"),
      one("A9", 900, "20T10:00:00"), one("B1", 1100, "05T12:00:00"), one("B2", 1200, "06T12:00:00"),
    ]); // biome-ignore format: a table
    await world.pipeline.drain();
  });
  after(() => world.close());

  async function* bytes(text: string): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  async function load(id: string, side: "office" | "claim", lines: readonly string[], header = HEADER) {
    const file = await takeSideFile(
      world.context,
      ANNA,
      id,
      { side, name: `${side}.csv` },
      bytes([header, ...lines].join("\n")),
    );
    const mapping = {
      ...file.suggestion.mapping,
      columns: { ...file.suggestion.mapping.columns, customerId: "Customer" },
    };
    await readSideFile(world.context, ANNA, file.id, mapping);
    await readComparisonFile(world.context, file.id);
    return file.id;
  }
  const newComparison = async (name: string, partnerId: string | null = null) =>
    (
      await createComparison(world.context, ANNA, {
        name,
        programId: PROGRAM,
        partnerId,
        from: "2026-03-01",
        until: "2026-04-01",
        currency: "EUR",
        types: ["deposit"],
      })
    ).id;
  const told = async (id: string) => {
    const { rows } = await listResults(world.context, ANNA, id, { limit: 200 });
    return rows.map(
      (row) => `${row.class} ${row.reference} ${row.officeDifference ?? "-"} ${row.claimDifference ?? "-"}`,
    );
  };

  it("puts each conversion into one class, with what it is worth", async () => {
    const id = await newComparison("March");
    const office = (order: string, at: string, amount: string, more = "ada,EUR,approved") => {
      const [partner, currency, status] = more.split(",");
      return `${order},c-${order},2026-03-${at}Z,${partner},${amount},${currency},${status},`;
    };
    await load(id, "office", [
      office("A1", "05T10:00:00", "10.00"), office("A2", "06T10:00:00", "19.00"), office("A3", "07T10:00:00", "30.00", "ada,USD,approved"),
      office("A4", "08T10:00:00", "40.00", "ada,EUR,rejected"), office("A5", "09T10:00:00", "50.00"), office("A7", "11T23:30:00", "70.00"),
      office("A8", "12T10:00:00", "8.00"), office("A8", "12T10:00:00", "8.00"), office("X1", "13T10:00:00", "33.00"), office("B1", "05T12:00:00", "11.00"),
      office("B2", "06T12:00:00", "12.00"), office("Z9", "15T10:00:00", "1.00", "zoe,EUR,approved"),
    ]); // biome-ignore format: a table
    await runComparison(world.context, id);
    assert.deepEqual(await told(id), [
      "agrees A1 0 -", "agrees B1 0 -", "amount A2 -100 -", "agrees B2 0 -", "currency A3 -3000 -", "status A4 -4000 -", "attribution A5 0 -",
      "missing_office A6 -6000 -", "agrees A7 0 -", "agrees A8 0 -", "duplicate A8 800 -", "missing_tracked X1 3300 -", "missing_tracked Z9 100 -",
      "late A9 -900 -",
    ]); // biome-ignore format: a table
    const { summary } = await getComparison(world.context, ANNA, id);
    const classes = summary?.classes.reduce((sum, one) => sum + BigInt(one.office), 0n) ?? 0n;
    assert.equal(BigInt(summary?.totals.tracked ?? 0) + classes, BigInt(summary?.totals.office ?? 0));
    assert.equal(summary?.ledger.ties, true);
    assert.equal(summary?.otherCurrency, 1);
  });

  it("finds a clock in another zone, and explains each row", async () => {
    const id = await newComparison("zones");
    const ahead = (order: string, at: string, amount: string) =>
      `${order},c-${order},2026-03-${at}Z,ada,${amount},EUR,approved,`;
    await load(id, "office", [
      ahead("A1", "05T12:00:00", "10.00"), ahead("A2", "06T12:00:00", "20.00"), ahead("A3", "07T12:00:00", "30.00"), ahead("A4", "08T12:00:00", "40.00"),
      ahead("A6", "10T12:00:00", "60.00"), ahead("A7", "12T01:30:00", "70.00"),
    ]); // biome-ignore format: a table
    await runComparison(world.context, id);
    const { rows } = await listResults(world.context, ANNA, id, { limit: 50, class: ["time_zone"] });
    assert.deepEqual(
      rows.map((row) => row.reference),
      ["A7"],
    );
    const detail = await getResult(world.context, ANNA, rows[0]?.id ?? "");
    assert.match(detail.explanation[0] ?? "", /2:00 h ahead/);
    assert.deepEqual(
      detail.rows.map((row) => row.side),
      ["tracked", "office"],
    );
  });

  it("compares the partner's claim with both, proposes the adjustment once, and keeps what was done over the next comparison", async () => {
    const id = await newComparison("Ada's claim", "prt_ada");
    const line = (order: string, at: string, amount: string, commission: string) =>
      `${order},c-${order},2026-03-${at}Z,,${amount},EUR,approved,${commission}`;
    await load(id, "office", [line("A1", "05T10:00:00", "10.00", ""), line("X1", "13T10:00:00", "33.00", "")]);
    const claim = [
      line("A1", "05T10:00:00", "10.00", "1.00"),
      line("X1", "13T10:00:00", "33.00", "3.30"),
      line("Q7", "14T10:00:00", "5.00", "oops"),
      line("Q8", "14T10:00:00", "5.00", "0.50"),
    ];
    const fileId = await load(id, "claim", claim);
    const refusals = await listSideRefusals(world.context, ANNA, fileId, { limit: 10 });
    assert.deepEqual(
      refusals.rows.map((row) => [row.line, row.field]),
      [[4, "commission"]],
    );
    await runComparison(world.context, id);
    const { rows } = await listResults(world.context, ANNA, id, { limit: 50, class: ["missing_tracked"] });
    assert.deepEqual(
      rows.map((row) => [row.reference, row.officeDifference, row.claimDifference]),
      [
        ["X1", "3300", "3300"],
        ["Q8", "0", "500"],
      ],
    );
    const detail = await getResult(world.context, ANNA, rows[0]?.id ?? "");
    assert.match(
      detail.explanation[0] ?? "",
      /^The back office and the partner both have a conversion \(33.00 EUR\) that was never tracked/,
    );
    assert.deepEqual([detail.proposal?.amount, detail.proposal?.month], ["330", "2026-03"]);
    const correction = { amount: "330", partnerId: "prt_ada", month: "2026-03", reason: "tracking was down" };
    const done = await correctResult(world.context, ANNA, detail.result.id, correction);
    assert.match(done.adjustmentId ?? "", /^adj_/);
    await assert.rejects(correctResult(world.context, ANNA, detail.result.id, correction), /already/);
    const item = await openItem(world.context, ANNA, {
      resultId: rows[1]?.id ?? "",
      title: "Ask Ada for the click",
      owner: "usr_bert",
      dueOn: "2026-03-20",
    });
    await runComparisonAgain(id);
    const again = await listResults(world.context, ANNA, id, { limit: 50, answered: "yes" });
    assert.deepEqual(
      again.rows.map((row) => [row.reference, row.adjustmentId !== null, row.itemId]),
      [
        ["X1", true, null],
        ["Q8", false, item.id],
      ],
    );
    assert.equal((await listOpenItems(world.context, ANNA, { limit: 5, status: ["open"] })).rows[0]?.overdue, true);
    assert.equal((await answerOpenItem(world.context, ANNA, item.id, "no click was found")).state, "answered");
  });

  async function runComparisonAgain(id: string): Promise<void> {
    await world.rows("update reconciliation.comparison set state = 'waiting' where comparison_id = $1", [id]);
    await runComparison(world.context, id);
  }

  it("totals tie and each row is in one result, whatever the files say and in whatever order", async () => {
    const row = fc.record({
      order: fc.constantFrom("A1", "A2", "A5", "A9", "N1", ""), customer: fc.constantFrom("c-A1", "c-B1", "x"), day: fc.integer({ min: 4, max: 21 }),
      cents: fc.constantFrom("10.00", "20.00", "7.00"), partner: fc.constantFrom("ada", "ben", ""), status: fc.constantFrom("approved", "rejected"),
    }); // biome-ignore format: a record
    const lines = fc.array(row, { minLength: 1, maxLength: 14 });
    const text = (r: {
      order: string;
      customer: string;
      day: number;
      cents: string;
      partner: string;
      status: string;
    }) =>
      `${r.order},${r.customer},2026-03-${String(r.day).padStart(2, "0")}T10:00:00Z,${r.partner},${r.cents},EUR,${r.status},`;
    let number = 0;
    await fc.assert(
      fc.asyncProperty(lines, lines, async (office, claim) => {
        const outcome = async (o: readonly string[], c: readonly string[]) => {
          const id = await newComparison(`random ${++number}`);
          await load(id, "office", o);
          await load(id, "claim", c);
          await runComparison(world.context, id);
          const { summary } = await getComparison(world.context, ANNA, id);
          const sum = (side: "office" | "claim") =>
            summary?.classes.reduce((total, one) => total + BigInt(one[side]), 0n) ?? 0n;
          assert.equal(BigInt(summary?.totals.tracked ?? 0) + sum("office"), BigInt(summary?.totals.office ?? 0));
          assert.equal(BigInt(summary?.totals.tracked ?? 0) + sum("claim"), BigInt(summary?.totals.claim ?? 0));
          const [counted] = await world.rows<{ rows: bigint; used: bigint; once: bigint }>(
            `select (select count(*) from reconciliation.side_row where comparison_id = $1) as rows, count(r) as used, count(distinct r) as once
             from reconciliation.result, unnest(array_remove(array[tracked_row, office_row, claim_row], null)) as r where comparison_id = $1`,
            [id],
          );
          assert.deepEqual([counted?.used, counted?.once], [counted?.rows, counted?.rows]);
          return (await told(id)).sort();
        };
        const there = await outcome(office.map(text), claim.map(text));
        assert.deepEqual(await outcome(office.map(text).toReversed(), claim.map(text).toReversed()), there);
      }),
      { numRuns: 4 },
    );
  });
});
