import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { TEST_HEADER, TEST_PARAMETER, testMarks } from "./mark-of-test.ts";
import { openTestEdge, type TestEdge } from "./test-edge.ts";

const KEY = Buffer.alloc(32, 5);
const UNTIL = Date.parse("2026-03-01T11:00:00Z");

describe("test clicks", () => {
  let edge: TestEdge;
  const marks = testMarks(KEY);
  before(async () => {
    edge = await openTestEdge({ testMarks: marks });
    await edge.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
    await edge.addLink({ code: "spain", offerId: "ofr_spain", partnerId: "prt_one" });
  });
  after(() => edge.close());

  it("are answered like a visitor's, and say what they are by their id and in the log", async () => {
    const mark = marks.write({ runId: "prf_1", until: UNTIL });
    for (const answer of [
      await edge.ask("/c/main?sub1=x", { [TEST_HEADER]: mark }),
      await edge.ask(`/c/main?sub1=x&${TEST_PARAMETER}=${mark}`),
    ]) {
      assert.equal(answer.status, 302);
      const click = await edge.clickOf(answer);
      assert.deepEqual([click.test, click.verdict, click.sub1], [true, "click", "x"]);
      assert.equal(edge.clickIds.read(click.id)?.test, true);
    }
  });

  it("come from the country that the test chose", async () => {
    const from = (country: string) =>
      edge.ask("/c/spain", { [TEST_HEADER]: marks.write({ runId: "prf_1", country, until: UNTIL }) });
    assert.match((await from("ES")).headers.get("location") ?? "", /alpha\.example\/land/);
    assert.equal((await from("US")).headers.get("location"), "https://www.alpha.example/not-here?c=US");
  });

  it("are not believed when somebody else made the mark, or when its time is over", async () => {
    const foreign = testMarks(Buffer.alloc(32, 6)).write({ runId: "prf_1", until: UNTIL });
    const late = marks.write({ runId: "prf_1", until: Date.parse("2026-03-01T09:59:59Z") });
    const changed = marks.write({ runId: "prf_1", until: UNTIL }).replace(/^./, "f");
    for (const mark of [foreign, late, changed, "", ".", "a.b.c", `${"x".repeat(300)}.y`]) {
      const click = await edge.clickOf(await edge.ask("/c/main", { [TEST_HEADER]: mark }));
      assert.equal(click.test, undefined, mark);
    }
  });

  it("join no visitor's journey", async () => {
    const mark = marks.write({ runId: "prf_1", until: UNTIL });
    const test = await edge.ask("/c/main", { [TEST_HEADER]: mark });
    const cookie = test.setCookies[0]?.split(";")[0] ?? "";
    assert.match(cookie, /=08/);
    const real = await edge.clickOf(await edge.ask("/c/main", { Cookie: cookie }));
    assert.equal(real.prev, undefined);
    const next = await edge.ask("/c/main", { Cookie: cookie.replace(/=.*/, `=${real.id}`) });
    assert.equal((await edge.clickOf(next)).prev, real.id);
  });
});
