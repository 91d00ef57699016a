import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ANNA, BERT, CPA, MoneyWorld, planOf } from "../../test/money/world.ts";
import { evaluate } from "../commissions/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import {
  addCase,
  addPlanVersion,
  changeCase,
  getPlan,
  listCases,
  publishPlanVersion,
  removeCase,
  runCasesOn,
} from "./index.ts";

const FACTS = `{"customer":"anna","on":"2026-03-01","milestone":"registration"}
{"customer":"anna","on":"2026-03-02","measure":"deposit","amount":"500.00","currency":"EUR"}
{"customer":"anna","on":"2026-03-02","milestone":"kyc_passed"}`;
const cpaOf = (amount: string) => planOf({ ...CPA, amount });

describe("test cases kept with a plan", () => {
  let world: MoneyWorld;
  let planId: string;
  before(async () => {
    world = await MoneyWorld.open("2026-03-20T12:00:00Z");
    const program = await world.program("casino");
    const versionId = await world.plan(program, "cpa-100", cpaOf("100.00"));
    const row = await world.ctx.db
      .selectFrom("plans.plan_version")
      .select("plan_id")
      .where("plan_version_id", "=", versionId)
      .executeTakeFirstOrThrow();
    planId = row.plan_id;
  });
  after(() => world.close());

  const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
  const expecting = (amount: string) => [{ month: "2026-03", component: null, amount }];
  const newest = async () => (await getPlan(world.ctx, ANNA, planId, "en")).versions[0];

  it("are run on every change, mark the drafts, and ask for a reason when one fails", async () => {
    const input = { name: "one customer", facts: FACTS, expected: expecting("100.00") };
    const added = await addCase(world.ctx, ANNA, planId, input, evaluate);
    await assert.rejects(addCase(world.ctx, ANNA, planId, input, evaluate), refusal("already_exists"));

    const draft = await addPlanVersion(
      world.ctx,
      ANNA,
      planId,
      { document: cpaOf("120.00"), source: "# dearer\n" },
      evaluate,
    );
    assert.deepEqual([draft.casesRun, draft.casesFailing, draft.source], [1, 1, "# dearer\n"]);
    await assert.rejects(publishPlanVersion(world.ctx, BERT, draft.id), refusal("cases_failing"));

    await changeCase(world.ctx, ANNA, planId, added.id, { ...input, expected: expecting("120") }, evaluate);
    assert.equal((await newest())?.casesFailing, 0, "a changed case marks the draft anew; 120 is 120.00");
    await changeCase(world.ctx, ANNA, planId, added.id, { ...input, expected: expecting("130.00") }, evaluate);
    const published = await publishPlanVersion(world.ctx, BERT, draft.id, "the case is of last year");
    assert.deepEqual([published.status, published.publishedReason], ["published", "the case is of last year"]);
  });

  it("say what was expected, what came out and how", async () => {
    const { results, run, failing } = await runCasesOn(world.ctx, ANNA, planId, cpaOf("130.00"), "en", evaluate);
    assert.deepEqual([run, failing], [1, 0]);
    assert.deepEqual(results[0]?.months, [
      { month: "2026-03", component: null, amount: "130.00", actual: "130.00", matches: true },
    ]);
    assert.ok(results[0]?.lines.some((line) => line.subject === "anna" && line.explanation.length > 0));
  });

  it("that cannot be calculated fail with the reason", async () => {
    const broken = { name: "broken", facts: "no json", expected: expecting("0") };
    const added = await addCase(world.ctx, ANNA, planId, broken, evaluate);
    const { results } = await runCasesOn(world.ctx, ANNA, planId, cpaOf("130.00"), "en", evaluate);
    const result = results.find((one) => one.caseId === added.id);
    assert.equal(result?.passed, false);
    assert.match(result?.problem ?? "", /facts/);
    await removeCase(world.ctx, ANNA, planId, added.id, evaluate);
    assert.equal((await listCases(world.ctx, ANNA, planId)).length, 1);
  });
});
