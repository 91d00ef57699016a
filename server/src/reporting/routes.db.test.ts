import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, EVERYWHERE } from "../../test/api-world.ts";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { reportingRoutes } from "./routes.ts";

describe("the routes of reports", () => {
  let world: ApiWorld;
  let analytics: TestAnalytics;
  let mine: string;
  let other: string;

  before(async () => {
    analytics = await testAnalytics();
    world = await apiWorld({
      at: "2026-03-20T12:00:00Z",
      rooms: (_ctx, database) => [reportingRoutes({ analytics: analytics.client, whole: database.db })],
    });
    mine = await world.partner("mine");
    other = await world.partner("other");
    await world.database.pool.query(
      `insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
       values ('prg_1', 'one', 'One', 'active', 'UTC', 'EUR', 'https://example.com/', '2026-01-01')`,
    );
    const click = (partner: string, seq: number, sub1: string) =>
      `('prg_1', '${partner}', '2026-03-20', '2026-03-20 11:00:0${seq}', 1, ${seq}, 'click', '${sub1}')`;
    await analytics.client.command({
      query: `insert into clicks (program_id, partner_id, day, at, lane, seq, verdict, sub1) values
        ${click(mine, 1, "=1+1")}, ${click(mine, 2, "b,c")}, ${click(other, 3, "secret")}`,
      clickhouse_settings: { async_insert: 0 },
    });
  });
  after(async () => {
    await world.close();
    await analytics.close();
  });

  it("answer an operator, as JSON and as a file that no spreadsheet runs", async () => {
    const analyst = await world.person("Ana", [{ role: "analyst", ...EVERYWHERE }]);
    const report = await analyst.call("GET", "/v1/reports/funnel?from=2026-03-01&to=2026-04-01&by=sub1");
    assert.equal(report.status, 200);
    assert.equal(report.body.totals.figures.clicks, 3);
    assert.deepEqual(report.body.timeZones, ["UTC"]);
    const filtered = await analyst.call(
      "GET",
      "/v1/reports/funnel?from=2026-03-01&to=2026-04-01&by=sub1&sub1=b%2Cc&sub1=secret",
    );
    assert.deepEqual(filtered.body.rows.map((row: { keys: { value: string }[] }) => row.keys[0]?.value).sort(), [
      "b,c",
      "secret",
    ]);
    const file = await analyst.call("GET", "/v1/reports/funnel?from=2026-03-01&to=2026-04-01&by=sub1&format=csv");
    assert.match(String(file.headers["content-type"]), /^text\/csv/);
    assert.match(file.body, /\r\n'=1\+1,/);
    for (const path of [
      "today",
      "live",
      "metrics",
      `partners/${mine}`,
      "earnings?from=2026-01-01&to=2026-04-01",
      "clicks?from=2026-03-01&to=2026-04-01&by=sub1",
    ]) {
      const answer = await analyst.call("GET", `/v1/reports/${path}`);
      assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`);
    }
    const log = await analyst.call("GET", "/v1/intake?param.sub1=secret&kind=click");
    assert.deepEqual(
      log.body.data.map((row: { partnerId: string }) => row.partnerId),
      [other],
    );
  });

  it("answer a partner about itself only", async () => {
    const owner = await world.person("Own", [{ role: "partner_owner", scopeKind: "partner", scopeId: mine }], mine);
    const report = await owner.call(
      "GET",
      `/v1/reports/funnel?from=2026-03-01&to=2026-04-01&by=partner&partnerId=${mine},${other}`,
    );
    assert.equal(report.status, 200, JSON.stringify(report.body));
    assert.equal(report.body.totals.figures.clicks, 2);
    assert.deepEqual(
      report.body.rows.map((row: { keys: { label: string }[] }) => row.keys[0]?.label.toLowerCase()),
      ["mine"],
    );
    const home = await owner.call("GET", "/v1/reports/home");
    assert.equal(home.status, 200, JSON.stringify(home.body));
    assert.equal(home.body.totals.clicks, 2);
    assert.equal((await owner.call("GET", `/v1/reports/partners/${other}`)).status, 404);
    assert.equal((await owner.call("GET", "/v1/reports/earnings?from=2026-01-01&to=2026-04-01")).status, 200);
    for (const path of ["/v1/reports/today", "/v1/reports/live", "/v1/intake"]) {
      assert.ok([403, 404].includes((await owner.call("GET", path)).status), path);
    }
  });

  it("say what is wrong with a question", async () => {
    const analyst = await world.person("Bo", [{ role: "analyst", ...EVERYWHERE }]);
    for (const query of [
      "",
      "from=2026-03-01",
      "from=2026-03-01&to=2026-02-01",
      "from=2026-03-01&to=2026-04-01&by=nonsense",
      "from=1.3.2026&to=2026-04-01",
      "from=2026-03-01&to=2026-04-01&top=5000",
    ]) {
      const answer = await analyst.call("GET", `/v1/reports/funnel?${query}`);
      assert.equal(answer.status, 422, `${query}: ${JSON.stringify(answer.body)}`);
    }
    assert.equal((await analyst.call("GET", "/v1/intake?cursor=nonsense")).status, 422);
    assert.equal((await world.anonymous().call("GET", "/v1/reports/today")).status, 401);
  });
});
