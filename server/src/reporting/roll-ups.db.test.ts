import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Breakdown } from "@tributary/contract";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { type FunnelQuestion, funnelQuery } from "./core/funnel.ts";

describe("the daily roll-ups of clicks", () => {
  let analytics: TestAnalytics;

  before(async () => {
    analytics = await testAnalytics();
    await analytics.client.command({
      query: `insert into clicks (program_id, partner_id, offer_id, link_id, day, at, lane, seq, verdict, country, device, source, sub1)
        with toDateTime64('2026-03-01 00:00:00', 3, 'UTC') + number * 6 as moment
        select concat('prg_', toString(number % 2)), concat('prt_', toString(number % 5)), concat('ofr_', toString(number % 3)), concat('lnk_', toString(number % 10)),
          toDate(moment), moment, 1, number, if(number % 11 = 0, 'bot', 'click'), ['DE', 'ES'][1 + number % 2], ['mobile', 'desktop'][1 + number % 2], 'google',
          toString(number % 50)
        from numbers(300000)`,
      clickhouse_settings: { async_insert: 0 },
    });
  });
  after(() => analytics.close());

  const question = (by: Breakdown[], more: Partial<FunnelQuestion> = {}): FunnelQuestion => ({
    from: "2026-03-03",
    to: "2026-03-15",
    basis: "happened",
    by,
    filters: new Map(),
    compare: false,
    sort: "clicks",
    descending: true,
    top: 100,
    currencies: [],
    ...more,
  });

  async function run(asked: FunnelQuestion, prefix: string, projections: 0 | 1): Promise<string> {
    const { sql, params } = funnelQuery(asked);
    const result = await analytics.client.query({
      query: `${prefix} ${sql.replaceAll("{{scope}}", "true")}`,
      query_params: params as Record<string, unknown>,
      clickhouse_settings: { prefer_column_name_to_alias: 1, optimize_use_projections: projections },
      format: "TabSeparated",
    });
    return await result.text();
  }

  const cases: [Breakdown[], Partial<FunnelQuestion>, string | undefined][] = [
    [["partner"], {}, "daily_links"],
    [["link", "day"], {}, "daily_links"],
    [["offer", "week"], { compare: true }, "daily_links"],
    [["partner"], { filters: new Map([["offer", ["ofr_1"]]]) }, "daily_links"],
    [["country", "device"], {}, "daily_audience"],
    [["source", "day"], {}, "daily_audience"],
    [["sub1"], {}, undefined],
  ];
  for (const [by, more, rollUp] of cases) {
    const name = `${by.join(" and ")}${more.compare ? ", compared" : ""}${more.filters ? ", filtered" : ""}`;
    it(`${rollUp ?? "the rows"} answer for ${name}, with the figures of the rows`, async () => {
      const plan = await run(question(by, more), "explain", 1);
      for (const one of ["daily_links", "daily_audience"])
        assert.equal(plan.includes(`(${one})`), one === rollUp, plan);
      const [from, rows] = [await run(question(by, more), "", 1), await run(question(by, more), "", 0)];
      assert.equal(from, rows);
      assert.ok(rows.split("\n").length > 1);
    });
  }
});
