import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { runTributary, temporaryFolder, testAnalytics } from "../../../test/harness/index.ts";
import { MoneyWorld, planOf, SHARE } from "../../../test/money/world.ts";

describe("tributary calculate", () => {
  const folder = temporaryFolder();
  let world: MoneyWorld;
  let analytics: Awaited<ReturnType<typeof testAnalytics>>;
  let partner: string;
  let other: string;
  before(async () => {
    world = await MoneyWorld.open();
    analytics = await testAnalytics();
    const program = await world.program("casino");
    const plan = await world.plan(program, "share", planOf(SHARE));
    [partner, other] = [await world.partner("acme"), await world.partner("beta")];
    for (const one of [partner, other]) {
      await world.agree(one, program, plan);
      const customer = await world.customer(program, one, `${one}-1`);
      await world.arrive({ customer, type: "activity", on: "2026-03-02", measures: { ggr: 10_000 } });
    }
  });
  after(async () => {
    await Promise.all([world.close(), analytics.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function calculate(...args: string[]) {
    const env = { DATABASE_URL: world.database.url, CLICKHOUSE_URL: analytics.url, TRIBUTARY_SECRET: "s".repeat(64) };
    const { code, stdout, stderr } = await runTributary(["calculate", ...args], { dataDirectory: folder, env });
    return { code, stdout, stderr };
  }

  it("calculates one partner's month, then what is left, then nothing; refuses a month that is none", async () => {
    const one = await calculate("--partner", partner, "--processes", "1", "--json");
    assert.equal(one.code, 0, one.stderr);
    const { seconds: _, ...first } = JSON.parse(one.stdout);
    assert.deepEqual(first, { pairs: 1, lines: 1, transfers: 1, problems: 0, due: 0, interrupted: false });
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 3_000n });
    assert.deepEqual(await world.owed(other), { held: 0n, payable: 0n }, "the other partner was not asked for");

    const rest = await calculate("--processes", "1");
    assert.match(rest.stdout, /^1 pairs of partner and program calculated in [\d.]+ s: 1 new lines, 1 transfers\./m);
    assert.deepEqual(await world.owed(other), { held: 0n, payable: 3_000n });

    const again = await calculate("--month", "2026-03", "--processes", "1", "--json");
    const { pairs, lines, transfers } = JSON.parse(again.stdout);
    assert.deepEqual([pairs, lines, transfers], [2, 0, 0], "calculated again, and nothing booked");

    const wrong = await calculate("--month", "March");
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /write a month as 2026-03/);
  });
});
