import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { readSheet } from "read-excel-file/node";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { testKeyPair } from "../../test/money/key-pair.ts";
import { ANNA, BERT, CPA, MoneyWorld, planOf, SHARE, signatory } from "../../test/money/world.ts";
import { adjustmentsRoutes } from "../commissions/adjustments/routes.ts";
import { decideAdjustment, proposeAdjustment, recalculate } from "../commissions/index.ts";
import { vaultOf } from "../tracking/index.ts";
import { linesXlsx } from "./documents.ts";
import { closeStatement, listStatements, openStatements, parseSigned, verifySigned } from "./index.ts";
import { statementsRoutes } from "./routes.ts";

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("what a partner is told", () => {
  let api: ApiWorld;
  let world: MoneyWorld;
  let admin: Caller;
  let owner: Caller;
  let foreign: Caller;
  let partner: string;
  let january: string;
  let february: string;

  before(async () => {
    api = await apiWorld({
      at: "2026-03-10T12:00:00Z",
      rooms: (_, database) => [
        adjustmentsRoutes(),
        statementsRoutes({
          whole: database.db,
          issuer: "https://operator.example",
          vault: vaultOf(new Uint8Array(32).fill(9)),
          newKeyPair: testKeyPair,
          payoutOf: async () => [
            {
              payee: "Acme Media SL",
              method: "bank ••••4321",
              threshold: { minor: "10000", currency: "EUR", kind: "exceeds" },
              tax: { vat: "reverse_charge", vatRate: null, withholdingRate: null },
              blocks: ["cooling_off"],
            },
          ],
        }),
      ],
    });
    world = MoneyWorld.over(api.database, api.clock);
    admin = await api.person("Ada", [{ role: "administrator", ...EVERYWHERE }]);
    partner = await api.partner("acme");
    const owned = (id: string) => [{ role: "partner_owner" as const, scopeKind: "partner" as const, scopeId: id }];
    owner = await api.person("Own", owned(partner), partner);
    const other = await api.partner("other");
    foreign = await api.person("Other", owned(other), other);
    const program = await world.program("casino");
    const plan = await world.plan(program, "hybrid", planOf({ ...CPA, hold: { days: 60 } }, SHARE));
    await world.agree(partner, program, plan);
    const customer = await world.customer(program, partner, "c-1");
    await world.arrive({ customer, type: "activity", on: "2026-01-05", measures: { ggr: 100_000 } });
    await world.depositor(customer, "2026-02-10", 5000);
    await recalculate(world.ctx);
    const month = { partnerId: partner, programId: program, currency: "EUR", month: "2026-02" };
    const adjustment = await proposeAdjustment(world.ctx, ANNA, { ...month, amount: "-750", reason: "counted twice" });
    await decideAdjustment(world.ctx, BERT, adjustment.id, true);
    await openStatements(world.ctx);
    const { rows } = await listStatements(world.ctx, ANNA, { partnerId: partner, limit: 9 });
    const idOf = (name: string) => rows.find((row) => row.month === name)?.id ?? "";
    january = idOf("2026-01");
    february = idOf("2026-02");
    await closeStatement(world.ctx, ANNA, january);
    await closeStatement(world.ctx, ANNA, february);
  });
  after(() => api.close());

  const get = (who: Caller, address: string) => who.call("GET", address);

  it("one page says what was earned, corrected, held and paid, and what comes next", async () => {
    const { status, body } = await get(owner, `/v1/statements/${february}/detail`);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(
      [body.statement.figures.openingPayable, body.statement.figures.adjusted, body.statement.figures.closingPayable],
      ["30000", "-750", "29250"],
    );
    assert.deepEqual(
      body.components.map((one: { component: string; amount: string; lines: number }) => [
        one.component,
        one.amount,
        one.lines,
      ]),
      [["cpa", "12000", 1]],
    );
    assert.deepEqual(body.holds, [{ payableOn: "2026-04-11", amount: "12000", lines: 1 }]);
    assert.deepEqual(body.forecast, [
      { on: "2026-03-10", released: "0", payable: "29250" },
      { on: "2026-04-30", released: "12000", payable: "41250" },
    ]);
    assert.deepEqual(
      body.adjustments.map((one: { reason: string }) => one.reason),
      ["counted twice"],
    );
    assert.equal(body.payout[0].payee, "Acme Media SL");
    const seen = (await get(admin, `/v1/statements/${february}/detail`)).body;
    for (const part of ["components", "adjustments", "holds", "carries", "settlements", "forecast", "payout"])
      assert.deepEqual(body[part], seen[part], part);
    assert.equal((await get(foreign, `/v1/statements/${february}/detail`)).status, 404);
  });

  it("stands on paper in the operator's letterhead, in two languages, the same every time", async () => {
    const letterhead = {
      name: "Operator",
      legalName: "Operator Ltd",
      address: ["1 High Street", "London"],
      email: "",
      website: "",
    };
    const branding = { ...letterhead, registration: "Reg. 123", accent: "#114488", logo: PIXEL, revision: 0 };
    const fake = { ...branding, logo: "data:image/png;base64,AAAA" };
    assert.equal((await admin.call("PUT", "/v1/branding", fake)).status, 422);
    assert.equal((await admin.call("PUT", "/v1/branding", branding)).status, 200);
    assert.equal((await owner.call("PUT", "/v1/branding", { ...branding, revision: 1 })).status, 403);
    assert.equal((await get(owner, "/v1/branding")).body.legalName, "Operator Ltd");
    const address = `/v1/statements/${february}/document.pdf`;
    const [one, two, spanish] = [
      await get(owner, address),
      await get(admin, address),
      await get(owner, `${address}?language=es`),
    ];
    assert.equal(one.headers["content-type"], "application/pdf");
    assert.match(String(one.headers["content-disposition"]), /statement-2026-02-EUR-\w{6}\.pdf/);
    assert.match(String(one.body), /^%PDF-1\.\d/);
    assert.ok(one.body === two.body, "nothing on it depends on who asks");
    assert.notEqual(one.body, spanish.body);
    assert.equal((await get(foreign, address)).status, 404);
  });

  it("gives every line as CSV and as a workbook", async () => {
    const csv = await get(owner, `/v1/statements/${february}/lines.csv`);
    const [header, line] = String(csv.body).replace("\ufeff", "").trim().split(/\r?\n/);
    assert.match(header ?? "", /^line,program,component,month/);
    assert.match(line ?? "", /^cln_\w+,prg_\w+,cpa,2026-02,2026-02-10,2026-04-10|2026-04-11/);
    assert.match(line ?? "", /120\.00/);
    const { body } = await linesXlsx(world.ctx, signatory(partner), february);
    const rows = await readSheet(body as Buffer);
    assert.deepEqual([rows.length, rows[1]?.[2], rows[1]?.at(-1)], [2, "cpa", 120]);
    for (const file of ["lines.csv", "lines.xlsx", "signed.json"])
      assert.equal((await get(foreign, `/v1/statements/${february}/${file}`)).status, 404, file);
  });

  it("proves itself by the key at the operator's address, also after the key was changed", async () => {
    const address = `/v1/statements/${february}/signed.json`;
    const signed = async () => {
      const parsed = parseSigned((await get(owner, address)).body);
      assert.ok(parsed);
      return parsed;
    };
    const keys = async () => {
      const { body } = await get(owner, "/.well-known/tributary-statement-keys.json");
      return body.keys as { x: string; status: string; kid: string }[];
    };
    const first = await signed();
    const old = await keys();
    assert.deepEqual([old.length, old[0]?.kid], [1, first.header.keyId]);
    assert.equal((await owner.call("POST", "/v1/statement-keys")).status, 403);
    assert.equal((await admin.call("POST", "/v1/statement-keys")).status, 200);
    const second = await signed();
    const both = await keys();
    assert.deepEqual(
      both.map((key) => key.status),
      ["active", "retired"],
    );
    assert.notEqual(first.header.keyId, second.header.keyId);
    const trusted = both.map((key) => key.x);
    for (const file of [first, second]) {
      const checks = verifySigned(file, trusted);
      assert.deepEqual(
        checks.filter((check) => !check.holds),
        [],
      );
      assert.equal(checks.length, 7);
    }
    assert.deepEqual(
      verifySigned(
        second,
        old.map((key) => key.x),
      )
        .filter((check) => !check.holds)
        .map((check) => check.name),
      ["key"],
    );
    assert.equal(first.lines.length, 1);
  });

  it("is asked about by the partner, answered in time by the operator, and ends with a correction", async () => {
    const asked = await owner.call("POST", "/v1/inquiries", {
      statementId: february,
      subject: "One deposit is missing",
      text: "Customer c-2 paid in on 12 February.",
      evidence: [{ kind: "link", text: "https://acme.example/report.csv" }],
    });
    assert.equal(asked.status, 201, JSON.stringify(asked.body));
    const address = `/v1/inquiries/${asked.body.id}`;
    assert.deepEqual(
      [asked.body.state, asked.body.answerBy, asked.body.month],
      ["open", "2026-03-20T12:00:00.000Z", "2026-02"],
    );
    assert.equal((await get(foreign, address)).status, 404);
    assert.equal((await foreign.call("POST", `${address}/messages`, { text: "me too" })).status, 404);
    assert.equal(
      (await foreign.call("POST", "/v1/inquiries", { statementId: february, subject: "abc", text: "abc" })).status,
      404,
    );
    const answered = await admin.call("POST", `${address}/messages`, { text: "We look at the log." });
    assert.equal(answered.body.state, "answered");
    const again = await owner.call("POST", `${address}/messages`, { text: "And?" });
    assert.deepEqual(
      [again.body.state, again.body.messages.map((one: { by: string | null }) => one.by === null)],
      ["open", [false, true, false]],
    );
    assert.equal((await owner.call("POST", `${address}/decide`, { outcome: "resolved", text: "paid" })).status, 403);
    const wrong = { outcome: "resolved", text: "It is corrected.", adjustmentId: "adj_none" };
    assert.equal((await admin.call("POST", `${address}/decide`, wrong)).status, 404);
    const [adjustment] = (await get(admin, `/v1/adjustments?partnerId=${partner}`)).body.data;
    const done = await admin.call("POST", `${address}/decide`, { ...wrong, adjustmentId: adjustment.id });
    assert.deepEqual(
      [done.body.state, done.body.adjustmentId, done.body.messages.length],
      ["resolved", adjustment.id, 4],
    );
    assert.equal((await owner.call("POST", `${address}/withdraw`)).status, 409);
    const listed = await get(owner, "/v1/inquiries?state=resolved");
    assert.deepEqual(
      listed.body.data.map((one: { id: string }) => one.id),
      [asked.body.id],
    );
    assert.deepEqual((await get(foreign, "/v1/inquiries")).body.data, []);
  });
});
