import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../../test/api-world.ts";
import { systemActor } from "../../access/index.ts";
import { createProgram, moveProgram } from "../../programs/index.ts";
import { runComparison } from "./compare.ts";
import { readUploadedFile } from "./read-file.ts";
import { shadowRoutes } from "./routes.ts";

const SHADOW = { name: "Before", incumbent: "other", timeZone: "UTC", currency: "EUR", types: ["sale"] };

describe("comparisons over HTTP", () => {
  let world: ApiWorld;
  let admin: Caller;
  let programId: string;
  let shadowId: string;
  const upload = (caller: Caller, text: string, type = "text/csv", id = shadowId) =>
    caller.call("POST", `/v1/shadows/${id}/files?name=export.csv`, text, { "content-type": type });

  before(async () => {
    world = await apiWorld({ rooms: () => [shadowRoutes({ reasons: {} })] });
    admin = await world.administrator();
    const system = systemActor("test");
    const program = await createProgram(world.ctx, system, {
      code: "shop",
      name: "Shop",
      timeZone: "UTC",
      currency: "EUR",
      fallbackUrl: "https://shop.example/",
    });
    await moveProgram(world.ctx, system, program.id, { revision: 1, status: "active" });
    programId = program.id;
  });
  after(() => world.close());

  it("is made, read, changed and listed", async () => {
    const made = await admin.call("POST", "/v1/shadows", { ...SHADOW, programId });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    shadowId = made.body.id;
    assert.deepEqual(made.body.thresholds, {
      days: 14,
      conversions: 200,
      agreement: "0.99",
      worstDay: "0.95",
      amount: "0.01",
    });
    const changed = await admin.call("PATCH", `/v1/shadows/${shadowId}`, { revision: 1, lateHours: 0 });
    assert.equal(changed.body.lateHours, 0);
    assert.equal((await admin.call("PATCH", `/v1/shadows/${shadowId}`, { revision: 1, lateHours: 1 })).status, 409);
    assert.equal((await admin.call("GET", "/v1/shadows")).body.data[0].id, shadowId);
  });

  it("refuses what makes no sense, by field", async () => {
    const refused = async (more: object) =>
      (await admin.call("POST", "/v1/shadows", { ...SHADOW, programId, ...more })).body.errors?.[0]?.field;
    assert.equal(await refused({ timeZone: "Mars/Base" }), "timeZone");
    assert.equal(await refused({ types: ["nothing"] }), "types");
    assert.equal(await refused({ sourceId: "src_none" }), "sourceId");
    assert.equal(await refused({ currency: "ZZZ" }), "currency");
  });

  it("takes a file as the body, shows its columns, reads it, and answers results and a CSV that is safe to open", async () => {
    const file = await upload(
      admin,
      'order_id;date;amount;affiliate\n=1+1;2026-03-01 10:00;"1.234,50";Ada\nA2;2026-03-01;5;Ada\nA3;;5;Ada\n',
    );
    assert.equal(file.status, 201, JSON.stringify(file.body));
    assert.deepEqual(file.body.suggestion.columns, {
      orderId: "order_id",
      occurredAt: "date",
      partner: "affiliate",
      amount: "amount",
    });
    const read = await admin.call("POST", `/v1/shadow-files/${file.body.id}/read`, {
      columns: file.body.suggestion.columns,
    });
    assert.equal(read.body.state, "waiting", JSON.stringify(read.body));
    await readUploadedFile(world.ctx, file.body.id);
    await runComparison(world.ctx, shadowId);
    assert.equal((await admin.call("GET", `/v1/shadow-files/${file.body.id}/refusals`)).body.data[0].line, 4);
    const results = await admin.call("GET", `/v1/shadows/${shadowId}/results?class=missing_here`);
    assert.deepEqual(results.body.data.map((one: { theirs: { amount: string } }) => one.theirs.amount).sort(), [
      "123450",
      "500",
    ]);
    const csv = await admin.call("GET", `/v1/shadows/${shadowId}/results?format=csv`);
    assert.match(csv.body, /,'=1\+1,/);
    assert.doesNotMatch(csv.body, /,=1\+1/);
    const detail = await admin.call("GET", `/v1/shadow-results/${results.body.data[0].id}`);
    assert.equal(detail.status, 200, JSON.stringify(detail.body));
    for (const list of ["days", "totals", "partners", "files"])
      assert.equal((await admin.call("GET", `/v1/shadows/${shadowId}/${list}`)).status, 200, list);
  });

  it("files that are none are refused with the reason, and leave nothing behind", async () => {
    for (const [text, status] of [
      ["", 400],
      ["just a line", 400],
      ["PK\u0003\u0004 not a workbook", 201],
    ] as const)
      assert.equal((await upload(admin, text, "application/octet-stream")).status, status, text);
    const { rows } = await world.database.pool.query(
      "select count(*)::integer as n from tracking.shadow_chunk c join tracking.shadow_file f using (file_id) where f.state = 'failed'",
    );
    assert.equal(rows[0].n, 0);
  });

  it("is closed to partners, and to those who may not write", async () => {
    const analyst = await world.person("Ana", [{ role: "analyst", ...EVERYWHERE }]);
    assert.equal((await analyst.call("GET", `/v1/shadows/${shadowId}`)).status, 200);
    assert.equal((await upload(analyst, "a,b\n1,2")).status, 403);
    const partnerId = await world.partner("ada");
    const owner = await world.person(
      "Olga",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: partnerId }],
      partnerId,
    );
    assert.equal((await owner.call("GET", "/v1/shadows")).status, 403);
    assert.equal((await upload(admin, "a,b\n1,2", "text/csv", "shd_none")).status, 404);
  });
});
