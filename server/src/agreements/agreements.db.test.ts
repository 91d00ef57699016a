import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { ANNA, BERT, CPA, MoneyWorld, person, planOf, SHARE, signatory } from "../../test/money/world.ts";
import { recalculate, termsAccepted } from "../commissions/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import {
  acceptVersion,
  approveVersion,
  getAgreement,
  listAgreements,
  proposeVersion,
  withdrawVersion,
} from "./index.ts";

describe("agreements", () => {
  let world: MoneyWorld;
  let program: string;
  let thirty: string;
  let forty: string;
  before(async () => {
    world = await MoneyWorld.open("2026-03-20T12:00:00Z");
    program = await world.program("casino");
    thirty = await world.plan(program, "share-30", planOf(SHARE));
    forty = await world.plan(program, "share-40", planOf({ ...SHARE, rate: "0.40" }));
  });
  after(() => world.close());

  const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

  it("needs two people of the operator and the partner's signature", async () => {
    const partner = await world.partner("signing");
    const terms = { partnerId: partner, programId: program, planVersionId: thirty, validFrom: "2026-01-01" };
    await assert.rejects(proposeVersion(world.ctx, person("usr_finance", "finance"), terms), refusal("forbidden"));
    await assert.rejects(
      proposeVersion(world.ctx, ANNA, { ...terms, planVersionId: "plv_none" }),
      refusal("invalid_input"),
    );
    await assert.rejects(
      proposeVersion(world.ctx, ANNA, { ...terms, validTo: "2026-01-01" }),
      refusal("invalid_input"),
    );
    const { id, termsHash, agreementId } = await proposeVersion(world.ctx, ANNA, terms);
    await assert.rejects(proposeVersion(world.ctx, BERT, terms), refusal("overlapping_terms"));
    const acceptance = { name: "Sofía Ruiz", termsHash, address: "192.0.2.7", userAgent: "Browser/1" };
    await assert.rejects(acceptVersion(world.ctx, signatory(partner), id, acceptance), refusal("not_found"));
    await assert.rejects(approveVersion(world.ctx, ANNA, id), refusal("same_person"));
    await assert.rejects(approveVersion(world.ctx, signatory(partner), id), refusal("not_found"));
    await approveVersion(world.ctx, BERT, id);
    await assert.rejects(approveVersion(world.ctx, BERT, id), refusal("wrong_state"));
    await assert.rejects(acceptVersion(world.ctx, ANNA, id, acceptance), refusal("same_person"));
    await assert.rejects(
      acceptVersion(world.ctx, BERT, id, { ...acceptance, termsHash: "f".repeat(64) }),
      refusal("conflict"),
    );
    const accepted = await acceptVersion(world.ctx, BERT, id, acceptance);
    assert.deepEqual(
      [accepted.acceptedName, accepted.acceptedAddress, accepted.acceptedUserAgent, accepted.termsHash],
      ["Sofía Ruiz", "192.0.2.7", "Browser/1", termsHash],
    );
    await assert.rejects(withdrawVersion(world.ctx, ANNA, id), refusal("wrong_state"));
    const agreement = await getAgreement(world.ctx, ANNA, agreementId);
    assert.equal(agreement.inForce?.id, id);
    assert.equal((await listAgreements(world.ctx, signatory("prt_somebody"), { limit: 10 })).rows.length, 0);
    const trail = await sql<{
      action: string;
    }>`select action from audit.entry where subject_id = ${id} order by seq`.execute(world.ctx.db);
    assert.deepEqual(
      trail.rows.map((row) => row.action),
      ["agreements.proposed", "agreements.handed_in", "agreements.approved", "agreements.sent", "agreements.accepted"],
    );
  });

  it("a draft plan is no terms, and a withdrawn proposal makes room", async () => {
    const partner = await world.partner("drafts");
    const terms = { partnerId: partner, programId: program, planVersionId: thirty, validFrom: "2026-01-01" };
    const { id } = await proposeVersion(world.ctx, ANNA, terms);
    await withdrawVersion(world.ctx, ANNA, id);
    const next = await proposeVersion(world.ctx, ANNA, terms);
    assert.equal(next.version, 2);
    const other = await world.program("other");
    await assert.rejects(proposeVersion(world.ctx, ANNA, { ...terms, programId: other }), refusal("invalid_input"));
  });

  for (const [customers, expected] of [
    ["move", { "v1 2026-03": 3_000n, "v2 2026-03": 8_000n }],
    ["stay", { "v1 2026-03": 6_000n, "v2 2026-03": 4_000n }],
  ] as const) {
    it(`new terms: customers who were there before ${customers}`, async () => {
      const partner = await world.partner(`customers-${customers}`);
      await world.agree(partner, program, thirty);
      const old = await world.customer(program, partner, `old-${customers}`, "2026-01-10");
      const fresh = await world.customer(program, partner, `fresh-${customers}`, "2026-03-18");
      const ggr = (customer: bigint, on: string) => ({ customer, type: "activity", on, measures: { ggr: 10_000 } });
      await world.arrive(ggr(old, "2026-03-10"), ggr(old, "2026-03-18"), ggr(fresh, "2026-03-18"));
      await recalculate(world.ctx);
      assert.deepEqual(await world.owed(partner), { held: 0n, payable: 9_000n });
      await world.agree(partner, program, forty, { validFrom: "2026-03-15", customers });
      await termsAccepted(world.ctx, { partnerId: partner, programId: program, validFrom: "2026-03-15" });
      await recalculate(world.ctx);
      const { rows } = await sql<{ k: string; a: bigint }>`
        select distinct on (line_key) 'v' || v.version || ' ' || l.subject_id as k, l.amount_minor as a
        from commissions.line l join agreements.agreement_version v using (agreement_version_id)
        where l.partner_id = ${partner} order by line_key, l.version desc`.execute(world.ctx.db);
      assert.deepEqual(Object.fromEntries(rows.map((row) => [row.k, row.a]).sort()), expected);
      const total = Object.values(expected).reduce((sum, one) => sum + one, 0n);
      assert.deepEqual(await world.owed(partner), { held: 0n, payable: total });
    });
  }

  it("the acceptance of terms that begin in the past is announced with their first day", async () => {
    const partner = await world.partner("announced");
    await world.agree(partner, program, await world.plan(program, "cpa", planOf(CPA)), { validFrom: "2025-11-05" });
    const { rows } = await sql<{ payload: { validFrom: string } }>`
      select payload from graphile_worker._private_jobs where payload->>'partnerId' = ${partner} and payload->>'validFrom' is not null`.execute(
      world.ctx.db,
    );
    assert.deepEqual(
      rows.map((row) => row.payload.validFrom),
      ["2025-11-05"],
    );
  });
});
