import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { invoicesRoutes } from "../invoices/routes.ts";
import { matchUploaded } from "../invoices/uploads.ts";
import { sealWith } from "../shell/http/seal.ts";
import { payeesRoutes } from "./routes.ts";

const NEEDS = {
  vault: sealWith(randomBytes(32)),
  fingerprint: (text: string) => createHmac("sha256", "test").update(text).digest("hex"),
};
const IDENTITY = {
  kind: "company",
  legalName: "Ruiz Media S.L.",
  street: "Calle Mayor 1",
  city: "Madrid",
  country: "ES",
  email: "billing@ruiz.example",
};
const DETAIL = {
  aspect: "detail",
  detail: {
    method: "bank",
    country: "ES",
    currency: "EUR",
    holder: "Ruiz Media SL",
    fields: { iban: "ES9121000418450200051332" },
  },
};

/** As the portal does it: over HTTP, under row-level security. */
describe("a partner's own payment details and invoices", () => {
  let world: ApiWorld;
  let owner: Caller;
  let other: Caller;
  let approver: Caller;
  let payeeId = "";
  before(async () => {
    world = await apiWorld({
      at: "2026-03-10T12:00:00Z",
      rooms: () => [
        payeesRoutes(NEEDS),
        invoicesRoutes({ branding: async () => ({ name: "Operator", accent: "#2f5bd8", logo: null }) }),
      ],
    });
    const of = async (name: string, code: string) => {
      const partner = await world.partner(code);
      return await world.person(name, [{ role: "partner_owner", scopeKind: "partner", scopeId: partner }], partner);
    };
    owner = await of("Sofia", "ruiz");
    other = await of("Boris", "ivanov");
    approver = await world.person("Carol", [{ role: "approver", ...EVERYWHERE }]);
  });
  after(() => world.close());

  it("are proposed in the portal, shown masked, and decided by the operator", async () => {
    const made = await owner.call("POST", "/v1/payees", { identity: IDENTITY });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    payeeId = made.body.id;
    const detail = await owner.call("POST", `/v1/payees/${payeeId}/versions`, DETAIL);
    assert.equal(detail.status, 201, JSON.stringify(detail.body));
    assert.deepEqual([detail.body.detail.fields.iban, detail.body.name], ["ES••••••••••••••••••1332", null]);
    const again = await owner.call("POST", `/v1/payees/${payeeId}/versions`, DETAIL);
    assert.equal((await owner.call("POST", `/v1/payee-versions/${again.body.id}/withdraw`)).status, 200);
    assert.equal((await owner.call("POST", `/v1/payee-versions/${detail.body.id}/approve`, {})).status, 403);
    const seen = await approver.call("GET", `/v1/payees/${payeeId}`);
    assert.equal(seen.body.waiting, 3, "identity, account and for whom");
    for (const { id } of seen.body.proposals)
      assert.equal(
        (await approver.call("POST", `/v1/payee-versions/${id}/approve`, { comment: "called back" })).status,
        200,
      );
    const [{ id }] = seen.body.assignments;
    assert.equal((await approver.call("POST", `/v1/payee-assignments/${id}/approve`, {})).status, 200);
    const own = await owner.call("GET", `/v1/payees/${payeeId}`);
    assert.deepEqual(
      [own.body.status, own.body.blocks.map((one: { code: string }) => one.code)],
      ["verified", ["tax_undecided"]],
    );
    assert.deepEqual([own.body.details[0].decidedName, own.body.details[0].comment], [null, ""]);
    assert.equal((await owner.call("GET", "/v1/payees")).body.data.length, 1);
    assert.equal((await owner.call("GET", "/v1/payee-fields?country=ES&currency=EUR&method=bank")).status, 200);
  });

  it("are nobody else's: not to read, not to change, not to be paid by", async () => {
    assert.deepEqual((await other.call("GET", "/v1/payees")).body.data, []);
    assert.equal((await other.call("GET", `/v1/payees/${payeeId}`)).status, 404);
    assert.equal((await other.call("POST", `/v1/payees/${payeeId}/versions`, DETAIL)).status, 404);
    const assignment = { partnerId: "prt_any", validFrom: "2026-04-01" };
    assert.equal((await other.call("POST", `/v1/payees/${payeeId}/assignments`, assignment)).status, 404);
  });

  it("an own invoice is handed in with its file, and answered", async () => {
    const headers = { "content-type": "application/octet-stream" };
    const file = await owner.call("POST", "/v1/invoice-files?name=f-1.pdf", Buffer.from("%PDF-1.7 F-1"), headers);
    assert.equal(file.status, 201, JSON.stringify(file.body));
    const words = { payeeId, number: "F-1", issuedOn: "2026-03-05", currency: "EUR", net: "10000", vat: "2100" };
    const foreign = await other.call("POST", "/v1/own-invoices", { ...words, fileId: file.body.fileId });
    assert.equal(foreign.status, 404);
    const made = await owner.call("POST", "/v1/own-invoices", { ...words, fileId: file.body.fileId });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.equal((await owner.call("POST", "/v1/own-invoices", { ...words, fileId: file.body.fileId })).status, 409);
    await matchUploaded(world.ctx, made.body.id);
    const seen = await owner.call("GET", `/v1/invoices/${made.body.id}`);
    assert.deepEqual(
      [seen.body.state, seen.body.found.map((one: { field: string }) => one.field)],
      ["received", ["statements"]],
    );
    const paper = await owner.call("GET", `/v1/invoices/${made.body.id}/document.pdf`);
    assert.match(String(paper.headers["content-disposition"]), /^attachment; filename="f-1\.pdf"/);
    assert.equal((await other.call("GET", `/v1/invoices/${made.body.id}/document.pdf`)).status, 404);
    assert.equal((await other.call("GET", "/v1/invoices")).body.data.length, 0);
    const reject = await approver.call("POST", `/v1/own-invoices/${made.body.id}/reject`, { reason: "nothing is due" });
    assert.equal(reject.status, 200, JSON.stringify(reject.body));
    assert.equal((await owner.call("GET", `/v1/invoices/${made.body.id}`)).body.reason, "nothing is due");
  });

  it("self-billing is agreed to by the signatory only", async () => {
    const { text, textHash } = (await owner.call("GET", `/v1/payees/${payeeId}/self-billing?language=es`)).body;
    assert.match(text, /Ruiz Media/);
    const word = { language: "es", textHash, name: "Sofía Ruiz" };
    assert.equal((await owner.call("POST", `/v1/payees/${payeeId}/self-billing`, word)).body.code, "not_signatory");
    await sql`insert into partners.contact (contact_id, partner_id, name, email, role, created_at, signatory)
      select 'cnt_s', partner_id, 'Sofía', 'sofia@people.example', 'owner', now(), true from partners.partner where code = 'ruiz'`.execute(
      world.ctx.db,
    );
    const accepted = await owner.call("POST", `/v1/payees/${payeeId}/self-billing`, word);
    assert.deepEqual(
      [accepted.status, accepted.body.selfBilling?.onPaper],
      [200, false],
      JSON.stringify(accepted.body),
    );
  });
});
