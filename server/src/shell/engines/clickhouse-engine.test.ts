import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { ClickHouseError, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { type TestAnalytics, testAnalytics } from "../../../test/harness/index.ts";
import { startClickhouse } from "./clickhouse-engine.ts";

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(10);
}

async function statusOf(asked: ClientRequest, body: Uint8Array): Promise<number> {
  asked.end(body);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

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
    let ended = 0;
    const slow = Array.from({ length: 6 }, async () => {
      await rows("select sleep(2.5) as s");
      ended += 1;
    });
    await analytics.client.insert({ table: "row", values: [{ id: 7, name: "now" }], format: "JSONEachRow" });
    assert.equal(ended, 0, "the insert waited for reports");
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

  /** A bare request, which the test ends when it likes. */
  const bare = (query: string, headers: Record<string, string> = {}, url = analytics.url) => {
    const address = new URL(url);
    const target = new URL(`http://${address.host}/`);
    target.searchParams.set("query", query);
    target.searchParams.set("database", address.pathname.slice(1));
    const asked = httpRequest(target, { method: "POST", auth: `${address.username}:${address.password}`, headers });
    asked.on("error", () => undefined);
    return asked;
  };

  it("inserts nothing of a packed body that breaks off, and takes the next one", { timeout: 180_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), "tributary-broken-"));
    const engine = await startClickhouse({ directory, durable: false });
    const url = engine.url.replace(/\/tributary$/, "/default");
    const client = createClient({ url });
    try {
      await client.command({ query: "create table broken (id UInt64) engine = MergeTree order by id" });
      const lines = Array.from({ length: 200_000 }, (_, id) => JSON.stringify({ id })).join("\n");
      const packed = gzipSync(lines);
      const half = packed.subarray(0, packed.length / 2);
      const insert = () => bare("insert into broken format JSONEachRow", { "content-encoding": "gzip" }, url);
      const broken = Array.from({ length: 5 }, insert);
      for (const one of broken) one.write(half);
      await until(() => readdirSync(join(directory, "uploads")).length === broken.length);
      for (const one of broken) one.destroy();
      await until(() => readdirSync(join(directory, "uploads")).length === 0);
      assert.ok((await statusOf(insert(), half)) >= 400, "half an archive is refused");
      assert.equal(await statusOf(insert(), gzipSync('{"id":1}')), 200);
      const counted = await client.query({ query: "select toString(count()) as n from broken", format: "JSONEachRow" });
      assert.deepEqual(await counted.json(), [{ n: "1" }]);
    } finally {
      await client.close();
      await engine.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it("serves others at once when readers leave in the middle of a long query", { timeout: 180_000 }, async () => {
    const long = [
      "select sleepEachRow(0.2) from numbers(3000) settings max_block_size = 1, function_sleep_max_microseconds_per_block = 0",
      "select sum(cityHash64(number)) from numbers(1000000000000)",
      "select number, cityHash64(number) as h from numbers(100000000000) order by h desc limit 3",
      "select number, toString(number) as text from numbers(10000000000)",
    ];
    const asked = [...long, ...long].map((query) => {
      const one = bare(query);
      one.end();
      return one;
    });
    await sleep(1_000);
    for (const one of asked) one.destroy();
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 12 }, () => rows("select 1 as one")));
    assert.ok(performance.now() - began < 60_000, "nobody waits for what nobody reads");
    assert.ok(answers.every(([row]) => row?.one === 1));
    await until(async () => {
      const [running] = await rows(
        "select count() as n from system.processes where query like '%cityHash64%' and query not like '%processes%'",
      );
      return running?.n === "0";
    });
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
