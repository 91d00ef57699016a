import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { emptyDatabase, runTributary, startTributary, temporaryFolder } from "../../test/harness/index.ts";
import { type ClickhouseEngine, startClickhouse } from "./engines/clickhouse-engine.ts";

describe("serve on servers of one's own, in parts", () => {
  const folder = temporaryFolder();
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let clickhouse: ClickhouseEngine;
  let env: Record<string, string>;
  before(async () => {
    database = await emptyDatabase();
    clickhouse = await startClickhouse({ directory: join(folder, "ch"), durable: false });
    const secret = "a secret that all parts share, long enough";
    env = { DATABASE_URL: database.url, CLICKHOUSE_URL: clickhouse.url, TRIBUTARY_SECRET: secret };
  });
  after(async () => {
    await clickhouse.stop();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("starts no engine of its own, and each part answers for itself only", async () => {
    const dataDirectory = join(folder, "data");
    const start = (role: string) => startTributary({ dataDirectory, env, args: ["--role", role] });
    const [edge, api] = await Promise.all([start("edge"), start("api")]);
    assert.equal((await fetch(`${edge.url}/c/unknown`, { redirect: "manual" })).status, 404);
    assert.equal((await fetch(`${edge.url}/v1/programs`)).status, 404);
    assert.equal((await fetch(`${api.url}/v1/programs`)).status, 401);
    assert.match(api.output(), /Set up the first administrator/);
    assert.ok(!existsSync(join(dataDirectory, "postgres")));
    assert.ok(!existsSync(join(dataDirectory, "clickhouse")));
    assert.deepEqual(await Promise.all([edge.stop(), api.stop()]), [0, 0]);
  });

  it("says what a single part needs", async () => {
    const result = await runTributary(["serve", "--role", "edge", "--port", "0"], {
      dataDirectory: join(folder, "none"),
    });
    assert.equal(result.code, 1);
    assert.match(result.stderr, /^The role "edge" joins a running Tributary, and none runs on .*DATABASE_URL/);
  });
});
