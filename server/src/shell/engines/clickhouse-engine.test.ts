import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import { ClickHouseError, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { type TestAnalytics, testAnalytics } from "../../../test/harness/index.ts";

describe("the built-in ClickHouse behind its official client", () => {
  let analytics: TestAnalytics;
  before(async () => {
    analytics = await testAnalytics();
    const columns = "id UInt64, name String, tags Array(String), at DateTime64(3, 'UTC')";
    await analytics.client.command({ query: `create table row (${columns}) engine = MergeTree order by id` });
  });
  after(() => analytics.close());

  const rows = async (query: string, query_params: Record<string, unknown> = {}) =>
    await (await analytics.client.query({ query, query_params, format: "JSONEachRow" })).json<
      Record<string, unknown>
    >();

  it("answers a ping", async () => {
    assert.equal((await analytics.client.ping()).success, true);
    assert.equal((await analytics.client.ping({ select: true })).success, true);
  });

  it("inserts rows from values and from a stream, and reads them exactly", async () => {
    const hard = "a'b\\c\td\ne{f}ä𝄞";
    const row = { id: "18446744073709551615", name: hard, tags: ["x'y", "z"], at: "2026-01-02T03:04:05.678Z" };
    await analytics.client.insert({ table: "row", values: [row], format: "JSONEachRow" });
    const many = Readable.from(Array.from({ length: 5000 }, (_, id) => ({ id, name: `n${id}`, tags: [], at: 0 })));
    await analytics.client.insert({
      table: "row",
      values: many,
      format: "JSONEachRow",
      columns: ["id", "name", "tags", "at"],
    });
    assert.deepEqual(await rows("select count() as n from row"), [{ n: "5001" }]);
    assert.deepEqual(await rows("select * from row where name = {name: String}", { name: hard }), [
      { ...row, at: "2026-01-02 03:04:05.678" },
    ]);
    assert.deepEqual(await rows("select id from row where id in {ids: Array(UInt64)} order by id", { ids: [1, 3] }), [
      { id: "1" },
      { id: "3" },
    ]);
  });

  it("keeps parameters and settings of queries that run at the same time apart", async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, value) => {
        const found = await analytics.client.query({
          query: "select {value: UInt32} as value, getSetting('max_threads') as threads, sleep(0.005)",
          query_params: { value },
          clickhouse_settings: { max_threads: 1 + (value % 2) },
          format: "JSONEachRow",
        });
        return (await found.json<{ value: number; threads: string }>())[0];
      }),
    );
    answers.forEach((answer, value) => {
      assert.equal(answer?.value, value);
      assert.equal(Number(answer?.threads), 1 + (value % 2));
    });
  });

  it("takes an insert while every reader is busy", async () => {
    const slow = Array.from({ length: 6 }, () => rows("select sleep(1) as s"));
    const began = performance.now();
    await analytics.client.insert({ table: "row", values: [{ id: 7, name: "now" }], format: "JSONEachRow" });
    assert.ok(performance.now() - began < 900, "the insert waited for reports");
    await Promise.all(slow);
  });

  it("streams a large result and stops when nobody reads on", async () => {
    const result = await analytics.client.query({
      query: "select number, toString(number) as text from numbers(3000000)",
      format: "JSONEachRow",
    });
    let count = 0;
    for await (const batch of result.stream()) {
      count += batch.length;
      if (count > 100_000) break;
    }
    assert.ok(count > 100_000);
    assert.deepEqual(await rows("select 1 as one"), [{ one: 1 }]);
  });

  it("names what was wrong as the server would", async () => {
    await assert.rejects(rows("select nope from row"), (error: unknown) => {
      assert.ok(error instanceof ClickHouseError);
      assert.equal(error.code, "47");
      assert.equal(error.type, "UNKNOWN_IDENTIFIER");
      return true;
    });
    await assert.rejects(
      analytics.client.insert({ table: "row", values: [{ id: "x" }], format: "JSONEachRow" }),
      /Cannot parse/,
    );
    await assert.rejects(rows("select {missing_parameter: String}"), /missing_parameter/);
  });

  it("refuses a stranger", async () => {
    const address = new URL(analytics.url);
    address.password = "guess";
    const stranger = createClient({ url: address, log: { level: ClickHouseLogLevel.OFF } });
    await assert.rejects(stranger.query({ query: "select 1" }), /Authentication failed/);
    await stranger.close();
  });
});
