import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { testKeyPair } from "../../test/money/key-pair.ts";
import { CPA, MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import { agreementsRoutes } from "../agreements/routes.ts";
import { adjustmentsRoutes } from "../commissions/adjustments/routes.ts";
import { evaluate, recalculate } from "../commissions/index.ts";
import { linesRoutes } from "../commissions/routes.ts";
import { publicNumber } from "../kernel/ids.ts";
import { ledgerRoutes } from "../ledger/routes.ts";
import { reachOf } from "../partners/index.ts";
import { plansRoutes } from "../plans/routes.ts";
import { clickById, clickIdsOf, eventsOfCustomer, maskCustomer, vaultOf } from "../tracking/index.ts";
import { openStatements } from "./index.ts";
import { statementsRoutes } from "./routes.ts";

const clickIds = clickIdsOf([new Uint8Array(32).fill(7)]);

describe("the money rooms over HTTP", () => {
  let api: ApiWorld;
  let world: MoneyWorld;
  let admin: Caller;
  let second: Caller;
  let owner: Caller;
  let foreign: Caller;
  let partner: string;
  let program: string;
  let agreement: { id: string; agreementId: string; termsHash: string };
  let customer: bigint;

  before(async () => {
    api = await apiWorld({
      at: "2026-03-10T12:00:00Z",
      rooms: (_, database) => [
        plansRoutes({ run: evaluate }),
        agreementsRoutes(),
        linesRoutes({
          eventsOfCustomer,
          maskCustomer,
          whole: database.db,
          clickOf: (db, id) => clickById(db, clickIds, id),
        }),
        adjustmentsRoutes(),
        statementsRoutes({
          whole: database.db,
          issuer: "https://operator.example",
          vault: vaultOf(new Uint8Array(32).fill(9)),
          newKeyPair: testKeyPair,
          payoutOf: async () => [],
        }),
        ledgerRoutes({ reachOf }),
      ],
    });
    world = MoneyWorld.over(api.database, api.clock);
    admin = await api.administrator();
    second = await api.person("Bert", [{ role: "administrator", ...EVERYWHERE }]);
    partner = await api.partner("acme");
    program = await world.program("casino");
    const owned = (id: string) => [{ role: "partner_owner" as const, scopeKind: "partner" as const, scopeId: id }];
    owner = await api.person("Own", owned(partner), partner);
    const other = await api.partner("other");
    foreign = await api.person("Other", owned(other), other);
  });
  after(() => api.close());

  it("a plan that can be read two ways is refused with both readings", async () => {
    const { window: _, ...unclear } = CPA;
    const check = await admin.call("POST", "/v1/plans/check", { document: planOf(unclear as typeof CPA) });
    assert.deepEqual([check.status, check.body.valid, check.body.findings[0].code], [200, false, "two_readings"]);
    assert.equal(check.body.findings[0].readings.length, 2);
    const refused = await admin.call("POST", "/v1/plans", {
      programId: program,
      code: "unclear",
      name: "Unclear",
      document: planOf(unclear as typeof CPA),
    });
    assert.deepEqual([refused.status, refused.body.code], [422, "plan_invalid"]);
    assert.match(JSON.stringify(refused.body), /components\[0\]\.window/);
  });

  it("a plan is published and an agreement approved by a second person, and accepted by the partner with the hash it was shown", async () => {
    const document = planOf({ ...CPA, hold: { days: 30 } }, SHARE);
    const plan = await admin.call("POST", "/v1/plans", {
      programId: program,
      code: "hybrid",
      name: "Hybrid",
      document,
    });
    assert.equal(plan.status, 201, JSON.stringify(plan.body));
    const version = plan.body.versions[0].id;
    const publish = `/v1/plans/${plan.body.id}/versions/${version}/publish`;
    assert.equal((await admin.call("POST", publish)).body.code, "same_person");
    const terms = { partnerId: partner, programId: program, planVersionId: version, validFrom: "2026-01-01" };
    assert.equal((await admin.call("POST", "/v1/agreements", terms)).body.code, "wrong_state", "a draft is no terms");
    assert.equal((await second.call("POST", publish)).status, 200);
    const proposed = await admin.call("POST", "/v1/agreements", terms);
    assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
    agreement = proposed.body;
    const address = `/v1/agreements/${agreement.agreementId}/versions/1`;
    assert.equal((await admin.call("POST", `${address}/approve`)).body.code, "same_person");
    const acceptance = { name: "Sofía Ruiz", termsHash: agreement.termsHash, authority: true };
    assert.equal(
      (await owner.call("POST", `${address}/accept`, acceptance)).status,
      404,
      "not shown before it is approved",
    );
    assert.equal((await second.call("POST", `${address}/approve`)).status, 200);
    assert.equal((await foreign.call("POST", `${address}/accept`, acceptance)).status, 404);
    assert.equal((await owner.call("POST", `${address}/accept`, acceptance)).body.code, "not_signatory");
    const contact = { name: "Sofía Ruiz", email: "own@people.example", signatory: true };
    assert.equal((await admin.call("POST", `/v1/partners/${partner}/contacts`, contact)).status, 201);
    assert.equal(
      (await owner.call("POST", `${address}/accept`, { ...acceptance, termsHash: "0".repeat(64) })).status,
      409,
    );
    const accepted = await owner.call("POST", `${address}/accept`, acceptance);
    assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
    assert.deepEqual(
      [accepted.body.status, accepted.body.acceptedName, accepted.body.proposedBy],
      ["accepted", "Sofía Ruiz", ""],
    );
    assert.equal((await owner.call("POST", `${address}/accept`, acceptance)).body.code, "wrong_state");
    const shown = await owner.call("GET", `/v1/agreements/${agreement.agreementId}`);
    assert.equal(shown.body.inForce.version, 1);
    assert.match(shown.body.versions[0].planText.es.join(" "), /primer depósito/);
    assert.equal((await foreign.call("GET", `/v1/agreements/${agreement.agreementId}`)).status, 404);
  });

  it("the partner sees every line with its arithmetic, and nobody else's", async () => {
    customer = await world.customer(program, partner, "player-1");
    await world.depositor(customer, "2026-02-03", 5000);
    await world.arrive({
      customer,
      type: "activity",
      on: "2026-02-10",
      measures: { ggr: 100_050, bonus: 1_000 },
      product: "slots",
    });
    assert.equal((await recalculate(world.ctx)).lines, 2);
    const lines = await owner.call("GET", "/v1/lines?latest=true");
    assert.equal(lines.status, 200, JSON.stringify(lines.body));
    assert.deepEqual(
      lines.body.data.map((line: { component: string; amount: string }) => [line.component, line.amount]).sort(),
      [
        ["cpa", "12000"],
        ["share", "29715"],
      ],
    );
    assert.deepEqual((await foreign.call("GET", "/v1/lines")).body.data, []);
    for (const line of lines.body.data) {
      assert.equal((await foreign.call("GET", `/v1/lines/${line.id}`)).status, 404);
      const opened = await owner.call("GET", `/v1/lines/${line.id}?language=es`);
      assert.equal(opened.status, 200, JSON.stringify(opened.body));
      assert.deepEqual(opened.body.explanation.result, {
        kind: "money",
        money: { minor: line.amount, currency: "EUR" },
      });
      assert.equal(opened.body.terms.acceptedName, "Sofía Ruiz");
      assert.ok(opened.body.terms.clause.length > 1);
      assert.equal(opened.body.bookings[0].amount, line.amount);
      if (line.component === "share") {
        assert.deepEqual(
          opened.body.contributions.map((one: { measure: string; amount: string }) => [one.measure, one.amount]),
          [
            ["ggr", "100050"],
            ["bonus", "1000"],
          ],
        );
      } else {
        assert.notEqual(opened.body.customer.ref, "player-1", "masked for the partner");
        assert.equal((await admin.call("GET", `/v1/lines/${line.id}`)).body.customer.ref, "player-1");
      }
    }
    const holds = await owner.call("GET", "/v1/holds");
    assert.deepEqual(holds.body.data, [], "the hold of thirty days from 3 February ended on 5 March");
  });

  it("behind a customer's line stands the click that won it", async () => {
    const at = Date.parse("2026-02-01T10:00:00Z");
    const id = clickIds.issue(at, 1, 7, 1);
    const body = {
      v: 1,
      id,
      at,
      verdict: "counted",
      to: "landing",
      link: 1,
      linkId: "lnk_acme",
      sub1: "banner-7",
      country: "ES",
      device: "mobile",
    };
    await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
      values ('ofr_1', ${program}, 'offer', 'Offer', 'active', 'https://x.example/', '{x.example}', now())`.execute(
      world.ctx.db,
    );
    await sql`insert into tracking.link (link_id, code, program_id, offer_id, partner_id, status, created_by, created_at)
      values ('lnk_acme', 'acme1', ${program}, 'ofr_1', ${partner}, 'active', 'usr_x', now())`.execute(world.ctx.db);
    await sql`insert into intake.entry (lane, seq, kind, received_at, body) values (7, 1, 1, now(), ${JSON.stringify(body)})`.execute(
      world.ctx.db,
    );
    await sql`update attribution.customer set click_id = ${id}, link_id = 'lnk_acme' where customer_id = ${customer}`.execute(
      world.ctx.db,
    );
    const lines = await owner.call("GET", "/v1/lines?latest=true&component=cpa");
    for (const who of [owner, admin]) {
      const { body: opened } = await who.call("GET", `/v1/lines/${lines.body.data[0].id}`);
      assert.equal(opened.customer.clickId, id);
      assert.deepEqual(opened.customer.click, {
        at: "2026-02-01T10:00:00.000Z",
        linkId: "lnk_acme",
        country: "ES",
        device: "mobile",
        source: null,
        creative: null,
        partnerClickId: null,
        subIds: { sub1: "banner-7" },
      });
    }
  });

  it("a customer who earned nothing shows what is missing", async () => {
    const waiting = await world.customer(program, partner, "player-2");
    await world.arrive(
      { customer: waiting, type: "registration", on: "2026-03-01" },
      { customer: waiting, type: "deposit", on: "2026-03-02", measures: { deposit: 1999 } },
    );
    const address = `/v1/customers/${publicNumber("cus", waiting)}/commission`;
    const { status, body } = await owner.call("GET", address);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.lines, []);
    assert.equal(body.components[0].qualifiedOn, null);
    assert.deepEqual(
      body.components[0].steps.map((step: { name: string; held: boolean; result: { value: string } }) => [
        step.name,
        step.held,
        step.result.value,
      ]),
      [
        ["first deposit", false, "19.99 of 20.00"],
        ["identity verified", false, "not there yet"],
      ],
    );
    assert.equal((await foreign.call("GET", address)).status, 404);
    const earned = await owner.call("GET", `/v1/customers/${publicNumber("cus", customer)}/commission`);
    assert.deepEqual([earned.body.lines.length, earned.body.components[0].qualifiedOn], [1, "2026-02-03"]);
  });

  it("an adjustment is booked when a second person approves it", async () => {
    const input = {
      partnerId: partner,
      programId: program,
      currency: "EUR",
      amount: "-500",
      month: "2026-02",
      reason: "duplicate customer",
    };
    const proposed = await admin.call("POST", "/v1/adjustments", input);
    assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
    const address = `/v1/adjustments/${proposed.body.id}`;
    assert.equal((await admin.call("POST", `${address}/approve`)).body.code, "same_person");
    assert.equal((await owner.call("GET", address)).status, 404, "not before it is decided");
    const approved = await second.call("POST", `${address}/approve`);
    assert.deepEqual([approved.status, approved.body.bookedMonth], [200, "2026-02"]);
    assert.equal((await second.call("POST", `${address}/decline`)).body.code, "wrong_state");
    assert.equal((await owner.call("GET", address)).body.proposedBy, "");
    assert.equal((await admin.call("POST", "/v1/adjustments", { ...input, amount: "0" })).status, 422);
  });

  it("a statement is closed by one person and paid by another; both sides read the same figures", async () => {
    await openStatements(world.ctx);
    const { body } = await admin.call("GET", `/v1/statements?partnerId=${partner}&month=2026-02`);
    const [statement] = body.data;
    assert.equal(statement.figures.closingPayable, String(12000 + 29715 - 500));
    assert.equal((await owner.call("POST", `/v1/statements/${statement.id}/close`)).status, 403);
    const closed = await admin.call("POST", `/v1/statements/${statement.id}/close`);
    assert.equal(closed.status, 200, JSON.stringify(closed.body));
    assert.equal(
      (await admin.call("POST", `/v1/statements/${statement.id}/pay`, { reference: "SEPA 77" })).body.code,
      "same_person",
    );
    const paid = await second.call("POST", `/v1/statements/${statement.id}/pay`, { reference: "SEPA 77" });
    assert.deepEqual([paid.status, paid.body.paid], [200, "41215"]);
    const seen = await owner.call("GET", `/v1/statements/${statement.id}`);
    assert.deepEqual(
      [seen.body.status, seen.body.paid, seen.body.paymentReference, seen.body.paidBy],
      ["paid", "41215", "SEPA 77", null],
    );
    assert.deepEqual(seen.body.figures, closed.body.figures);
    assert.equal((await foreign.call("GET", `/v1/statements/${statement.id}`)).status, 404);
    assert.deepEqual((await foreign.call("GET", "/v1/statements")).body.data, []);
  });

  it("what cannot be calculated is shown with its reason", async () => {
    await world.arrive({ customer, type: "activity", on: "2026-03-03", measures: { ggr: 100 }, currency: "SEK" });
    await recalculate(world.ctx);
    const { status, body } = await admin.call("GET", "/v1/calculations/waiting?problems=true");
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.data.length, body.data[0].partnerId, body.data[0].month], [1, partner, "2026-03"]);
    assert.match(body.data[0].problem, /rate from SEK to EUR for 2026-03-03/);
    assert.equal((await owner.call("GET", "/v1/calculations/waiting")).status, 403);
  });

  it("the ledger is the operator's, and its trial balance is zero", async () => {
    assert.equal((await owner.call("GET", "/v1/ledger/transfers")).status, 403);
    const balances = await admin.call("GET", "/v1/ledger/balances");
    assert.equal(balances.status, 200, JSON.stringify(balances.body));
    const sum = balances.body.data.reduce((total: bigint, one: { balance: string }) => total + BigInt(one.balance), 0n);
    assert.equal(sum, 0n);
    const transfers = await admin.call("GET", `/v1/ledger/transfers?partnerId=${partner}&limit=2`);
    assert.deepEqual(
      transfers.body.data.map((one: { recipe: string }) => one.recipe),
      ["settle", "adjust"],
    );
    const next = await admin.call(
      "GET",
      `/v1/ledger/transfers?partnerId=${partner}&limit=2&cursor=${transfers.body.nextCursor}`,
    );
    assert.equal(next.body.data.length, 2);
    const accounts = await admin.call("GET", `/v1/ledger/accounts?owner=${partner}`);
    assert.equal(accounts.body.data.length, 2);
  });
});
