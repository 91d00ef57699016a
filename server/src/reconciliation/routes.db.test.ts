import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { camt053 } from "../../test/bank-files.ts";
import { systemActor } from "../access/index.ts";
import { transact } from "../database/index.ts";
import { accountingRoutes } from "../ledger/accounting-routes.ts";
import { post, takeBooks } from "../ledger/index.ts";
import { createProgram } from "../programs/index.ts";
import { runComparison } from "./compare.ts";
import { readComparisonFile } from "./comparison-rows.ts";
import { expectMovements, matchAccount } from "./matching.ts";
import { reconciliationRoutes } from "./routes.ts";

const BYTES = { "content-type": "application/octet-stream" };

describe("reconciliation over HTTP", () => {
  let world: ApiWorld;
  let finance: Caller;
  let second: Caller;
  let analyst: Caller;
  before(async () => {
    world = await apiWorld({ rooms: () => [reconciliationRoutes, accountingRoutes], at: "2026-04-20T12:00:00Z" });
    await world.administrator();
    finance = await world.person("fin", [{ role: "finance", ...EVERYWHERE }]);
    second = await world.person("sec", [{ role: "finance", ...EVERYWHERE }]);
    analyst = await world.person("ana", [{ role: "analyst", ...EVERYWHERE }]);
  });
  after(() => world.close());

  it("takes a bank's file, shows why an entry is matched, and books it once", async () => {
    const movement = { cents: -10_000, on: "2026-04-08", id: "pay-1", name: "Sofia Ruiz SL" };
    const bytes = camt053({ number: "1", opening: 50_000, movements: [movement] }).toString();
    const upload = (caller: Caller) => caller.call("POST", "/v1/reconciliation/bank-files?name=a.xml", bytes, BYTES);
    assert.equal((await upload(analyst)).status, 403);
    const file = (await upload(finance)).body;
    assert.deepEqual([file.state, file.fresh, (await upload(second)).body.again], ["read", 1, true], file.sentence);
    const told = {
      batchId: "b",
      partnerId: null,
      payeeName: "Sofia Ruiz SL",
      account: null,
      paymentReferences: [],
      currency: "EUR",
      on: "2026-04-07",
    };
    await expectMovements(world.ctx, "out", [{ ...told, payoutId: "pay_1", endToEndId: "pay-1", minor: "10000" }]);
    await matchAccount(world.ctx, file.bankAccountId);
    const [entry] = (await analyst.call("GET", "/v1/reconciliation/bank-entries?status=matched")).body.data;
    const detail = (await analyst.call("GET", `/v1/reconciliation/bank-entries/${entry.id}`)).body;
    assert.equal(detail.match.reasons[0].code, "end_to_end");
    const booked = await second.call("POST", "/v1/reconciliation/bookings", {});
    assert.deepEqual(booked.body, { booked: 1, refused: [] });
    assert.equal(
      (await finance.call("POST", `/v1/reconciliation/matches/${detail.match.id}/undo`, { reason: "too late" })).status,
      409,
    );
    const { buckets } = (await analyst.call("GET", "/v1/reconciliation/ageing")).body;
    assert.deepEqual(buckets, []);
  });

  it("compares an uploaded export", async () => {
    const given = {
      code: "shop",
      name: "Shop",
      timeZone: "UTC",
      currency: "EUR",
      fallbackUrl: "https://shop.example/",
    };
    const program = await createProgram(world.ctx, systemActor("test"), given);
    const asked = {
      name: "March",
      programId: program.id,
      from: "2026-03-01",
      until: "2026-04-01",
      currency: "EUR",
      types: ["sale"],
    };
    const refused = await finance.call("POST", "/v1/reconciliation/comparisons", { ...asked, types: ["nothing"] });
    assert.equal(refused.body.errors[0].field, "types");
    const { id } = (await finance.call("POST", "/v1/reconciliation/comparisons", asked)).body;
    const text = "Order ID,Date,Sale Amount,Currency\nX1,2026-03-05,10.00,EUR\n";
    const file = (
      await finance.call("POST", `/v1/reconciliation/comparisons/${id}/files?side=office&name=o.csv`, text, BYTES)
    ).body;
    await finance.call("POST", `/v1/reconciliation/comparison-files/${file.id}/read`, {
      mapping: file.suggestion.mapping,
    });
    await readComparisonFile(world.ctx, file.id);
    await runComparison(world.ctx, id);
    const [row] = (await analyst.call("GET", `/v1/reconciliation/comparisons/${id}/results?class=missing_tracked`)).body
      .data;
    assert.deepEqual([row.reference, row.officeDifference], ["X1", "1000"]);
    const detail = (await analyst.call("GET", `/v1/reconciliation/comparison-results/${row.id}`)).body;
    assert.equal(detail.rows[0].raw[0][1], "X1");
    const question = { resultId: row.id, title: "Where is X1?", owner: finance.userId, dueOn: "2026-04-30" };
    assert.equal((await finance.call("POST", "/v1/reconciliation/open-items", question)).status, 201);
  });

  it("gives accounting its file once", async () => {
    await transact(world.ctx, async (tx) => {
      const books = { partnerId: "prt_a", currency: "EUR" };
      await takeBooks(tx, [books]);
      const more = {
        sourceKey: "line",
        idempotencyKey: "line",
        programId: "prg_1",
        amountMinor: 500n,
        period: "2026-03-01",
        occurredOn: "2026-03-05",
      };
      await post(tx, [{ recipe: "accrue", ...books, ...more }], null);
    });
    const setUp = (await finance.call("GET", "/v1/accounting/set-up")).body;
    const codes = setUp.missing.map((kind: string, at: number) => ({ kind, code: String(1000 + at) }));
    await finance.call("PUT", "/v1/accounting/set-up", { revision: setUp.revision, settings: {}, codes });
    const done = await finance.call("POST", "/v1/accounting/exports", { format: "csv", through: "2026-04" });
    assert.equal(done.status, 201, JSON.stringify(done.body));
    assert.equal(
      (await finance.call("POST", "/v1/accounting/exports", { format: "csv", through: "2026-04" })).status,
      409,
    );
    const file = await analyst.call("GET", `/v1/accounting/exports/${done.body.id}/file`);
    assert.match(String(file.headers["content-disposition"]), /journal-csv_2026-04/);
    const balance = (await analyst.call("GET", "/v1/accounting/trial-balance?on=2026-04-30")).body;
    assert.deepEqual(
      balance.totals.map((one: { closing: string }) => one.closing),
      ["0"],
    );
    assert.equal((await analyst.call("GET", "/v1/accounting/accruals?on=2026-04-30")).body.data[0].knownNow, "500");
  });
});
