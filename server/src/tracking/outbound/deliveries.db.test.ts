import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import { addressPolicy } from "./address.ts";
import type { SettledEvent } from "./contracts.ts";
import { queueDeliveries } from "./queue.ts";
import type { Deliveries } from "./sender.ts";
import { startDeliveries } from "./worker.ts";

type Answer = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;

let database: TestDatabase;
let server: http.Server;
let base: string;
let answer: Answer;
let heard: { method: string; url: string; body: string; delivery: string }[] = [];
const running: Deliveries[] = [];
const clock = testClock("2026-03-01T00:00:00Z");
const policy = addressPolicy(["127.0.0.1", "localhost"]);
let events = 0n;

before(async () => {
  database = await testDatabase();
  server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    heard.push({
      method: request.method ?? "",
      url: request.url ?? "",
      body,
      delivery: String(request.headers["x-tributary-delivery"]),
    });
    answer(request, response, body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
    values ('prg_1', 'fx', 'FX', 'active', 'UTC', 'EUR', 'https://x.example', ${clock.now()})`.execute(database.db);
  await sql`insert into partners.partner (partner_id, code, name, kind, status, created_at)
    values ('prt_1', 'one', 'One', 'affiliate', 'active', ${clock.now()}), ('prt_2', 'two', 'Two', 'affiliate', 'active', ${clock.now()})`.execute(
    database.db,
  );
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((deliveries) => deliveries.stop()));
  await sql`truncate tracking.attempt, tracking.delivery, tracking.postback cascade`.execute(database.db);
  heard = [];
});

after(async () => {
  server.closeAllConnections();
  server.close();
  await database.close();
});

async function postback(id: string, url: string, more: { partner?: string; method?: string; body?: string } = {}) {
  await sql`insert into tracking.postback (postback_id, partner_id, event_types, method, url, body, host, status, created_by, created_at)
    values (${id}, ${more.partner ?? "prt_1"}, '{deposit,ftd}', ${more.method ?? "GET"}, ${url}, ${more.body ?? null},
            ${new URL(url).host}, 'active', 'usr_1', ${clock.now()})`.execute(database.db);
}

function event(change: Partial<SettledEvent> = {}): SettledEvent {
  events += 1n;
  return {
    eventId: events,
    programId: "prg_1",
    offerId: null,
    partnerId: "prt_1",
    type: "deposit",
    firstDeposit: false,
    customerRef: "C-1002003",
    occurredAt: clock.now(),
    clickId: "click-1",
    touch: { sub1: "a&b", partner_click_id: "pc 1" },
    amount: { minor: 10_000n, currency: "EUR" },
    ...change,
  };
}

function send(options: { timeoutMs?: number; perHost?: number } = {}): Deliveries {
  const deliveries = startDeliveries({
    db: database.db,
    clock,
    random: () => 0.5,
    options: { policy, pollMs: 20, timeoutMs: 1000, ...options, onError: (error) => assert.fail(String(error)) },
  });
  running.push(deliveries);
  return deliveries;
}

interface Log {
  readonly state: string;
  readonly attempts: number;
  readonly wait: number | null;
  readonly log: readonly { status: number | null; error: string | null; response: string | null; ms: number | null }[];
}

async function logs(): Promise<readonly Log[]> {
  const { rows } = await sql<Log>`
    select d.state, d.attempts, extract(epoch from d.next_at - ${clock.now()}::timestamptz)::float8 as wait,
           coalesce((select json_agg(json_build_object('status', a.status, 'error', a.error, 'response', a.response, 'ms', a.duration_ms)
                                     order by a.attempt) from tracking.attempt a where a.delivery_id = d.delivery_id), '[]') as log
      from tracking.delivery d order by d.delivery_id`.execute(database.db);
  return rows;
}

async function until(what: string, reached: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 3000; round += 1) {
    if (await reached()) return;
    await sleep(20);
  }
  assert.fail(`waited in vain: ${what}; ${JSON.stringify(await logs())}`);
}

const settled = (state: string) => async () => {
  const rows = await logs();
  return rows.length > 0 && rows.every((row) => row.state === state);
};
const tried = (attempts: number) => async () => {
  const rows = await logs();
  return rows.length > 0 && rows.every((row) => row.attempts === attempts && row.log.at(-1)?.ms !== null);
};

test("an event becomes one call with its macros filled in, whatever how often it is queued", async () => {
  answer = (_request, response) => response.end("thank you");
  await postback("pbk_1", `${base}/pb?c={partner_click_id}&s={sub1}&a={amount}&e={event}&id={customer_id}`);
  const deposit = event({ firstDeposit: true });
  assert.equal(await queueDeliveries(database.db, clock.now(), [deposit, event({ partnerId: "prt_2" })]), 2);
  assert.equal(await queueDeliveries(database.db, clock.now(), [deposit]), 0);
  send();
  await until("delivered", settled("delivered"));
  assert.deepEqual(heard.map((call) => call.url).sort(), [
    "/pb?c=pc%201&s=a%26b&a=100.00&e=deposit&id=***2003".replaceAll("*", "%2A"),
    "/pb?c=pc%201&s=a%26b&a=100.00&e=ftd&id=***2003".replaceAll("*", "%2A"),
  ]);
  assert.deepEqual((await logs())[0]?.log[0]?.response, "thank you");
});

test("a POST carries its body with the right type", async () => {
  let type = "";
  answer = (request, response) => {
    type = String(request.headers["content-type"]);
    response.end();
  };
  await postback("pbk_1", `${base}/pb`, { method: "POST", body: '{"sub": "{sub1}"}' });
  await queueDeliveries(database.db, clock.now(), [event({ touch: { sub1: '"quoted"' } })]);
  send();
  await until("delivered", settled("delivered"));
  assert.deepEqual(JSON.parse(heard[0]?.body ?? ""), { sub: '"quoted"' });
  assert.equal(type, "application/json");
});

test("500, then a reset, then 200: every attempt is in the log, the waits grow", async () => {
  const answers: Answer[] = [
    (_request, response) => response.writeHead(500).end("x".repeat(5000)),
    (request) => request.socket.resetAndDestroy(),
    (_request, response) => response.end("ok"),
  ];
  answer = (request, response, body) => answers[heard.length - 1]?.(request, response, body);
  await postback("pbk_1", `${base}/pb`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  send();
  await until("first attempt", tried(1));
  assert.equal((await logs())[0]?.wait, 7.5);
  clock.advance(7500);
  await until("second attempt", tried(2));
  assert.equal((await logs())[0]?.wait, 15);
  clock.advance(15_000);
  await until("delivered", settled("delivered"));
  const log = (await logs())[0]?.log ?? [];
  assert.deepEqual(
    log.map((attempt) => attempt.status),
    [500, null, 200],
  );
  assert.equal(log[0]?.response?.length, 2048);
  assert.match(log[1]?.error ?? "", /ECONNRESET/);
  assert.equal(new Set(heard.map((call) => call.delivery)).size, 1, "the receiver can tell the repetition");
});

test("a receiver that hangs, or trickles for ever, costs the time-out and nothing more", async () => {
  answer = (request, response) => {
    if (request.url === "/trickle") response.write("drip");
  };
  await postback("pbk_1", `${base}/hang`);
  await postback("pbk_2", `${base}/trickle`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  send({ timeoutMs: 200 });
  await until("attempts", tried(1));
  for (const row of await logs()) assert.equal(row.log[0]?.error, "no answer within 0.2 s");
});

test("an endless answer is read to 2 KB and counts by its status", async () => {
  answer = (_request, response) => {
    const pour = setInterval(() => response.write("y".repeat(1000)), 1);
    response.on("close", () => clearInterval(pour));
  };
  await postback("pbk_1", `${base}/pb`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  send();
  await until("delivered", settled("delivered"));
  assert.equal((await logs())[0]?.log[0]?.response?.length, 2048);
});

test("a redirect is not followed, into the inside least of all", async () => {
  answer = (_request, response) => response.writeHead(302, { location: `${base}/inside` }).end();
  await postback("pbk_1", `${base}/pb`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  send();
  await until("attempt", tried(1));
  assert.deepEqual(
    heard.map((call) => call.url),
    ["/pb"],
  );
  assert.match((await logs())[0]?.log[0]?.error ?? "", /redirect to .*\/inside; redirects are not followed/);
});

test("a host that leads inside is refused at every attempt and stays in line", async () => {
  await postback("pbk_1", "http://10.0.0.1/pb");
  await queueDeliveries(database.db, clock.now(), [event()]);
  send();
  await until("attempt", tried(1));
  const [row] = await logs();
  assert.equal(row?.state, "waiting");
  assert.match(row?.log[0]?.error ?? "", /^address refused: 10\.0\.0\.1 is not a public address \(private\)/);
});

test("after 72 hours of failures it is dead, the postback itself is still active", async () => {
  answer = (_request, response) => response.writeHead(404).end();
  await postback("pbk_1", `${base}/pb`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  send();
  for (let round = 1; round <= 100 && !(await settled("dead")()); round += 1) {
    await until(`attempt ${round}`, tried(round));
    const wait = (await logs())[0]?.wait;
    if (typeof wait === "number") clock.advance(wait * 1000);
  }
  const [row] = await logs();
  assert.equal(row?.state, "dead");
  assert.ok((row?.attempts ?? 0) > 20);
  const { rows } = await sql<{ status: string }>`select status from tracking.postback`.execute(database.db);
  assert.equal(rows[0]?.status, "active");
});

test("a receiver that hangs holds its own ration only; the others are served", async () => {
  let most = 0;
  let now = 0;
  let fast = 0;
  const served = Promise.withResolvers<void>();
  answer = async (request, response) => {
    if (request.url !== "/slow") {
      fast += 1;
      if (fast === 20) served.resolve();
      return response.end();
    }
    now += 1;
    most = Math.max(most, now);
    // It hangs until all the others are served: if it held them up too, nothing here would ever end.
    await served.promise;
    now -= 1;
    response.end();
  };
  await postback("pbk_slow", `${base.replace("127.0.0.1", "localhost")}/slow`);
  await postback("pbk_slow_too", `${base.replace("127.0.0.1", "localhost")}/slow`);
  await postback("pbk_fast", `${base}/fast`, { partner: "prt_2" });
  await queueDeliveries(
    database.db,
    clock.now(),
    Array.from({ length: 10 }, () => event()),
  );
  await queueDeliveries(
    database.db,
    clock.now(),
    Array.from({ length: 20 }, () => event({ partnerId: "prt_2" })),
  );
  send({ perHost: 2, timeoutMs: 120_000 });
  send({ perHost: 2, timeoutMs: 120_000 });
  await until("delivered", settled("delivered"));
  assert.ok(most <= 4, `two workers with a ration of two had ${most} calls at one host`);
  assert.equal(heard.length, 40, "nothing was sent twice");
});

test("a paused postback keeps its deliveries; they go out when it is active again", async () => {
  answer = (_request, response) => response.end();
  await postback("pbk_1", `${base}/pb`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  await sql`update tracking.postback set status = 'paused'`.execute(database.db);
  send();
  await sleep(150);
  assert.equal(heard.length, 0);
  await sql`update tracking.postback set status = 'active'`.execute(database.db);
  await until("delivered", settled("delivered"));
});

test("kill -9 in the middle of a call: the attempt is in the log, the delivery goes out again", async () => {
  let hang = true;
  answer = (_request, response) => {
    if (!hang) response.end("ok");
  };
  await postback("pbk_1", `${base}/pb`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  const child = spawn(
    process.execPath,
    [new URL("worker.test-process.ts", import.meta.url).pathname, database.url, clock.now().toISOString()],
    {
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  await until("the call has arrived", () => heard.length === 1);
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.deepEqual((await logs())[0]?.log, [{ status: null, error: null, response: null, ms: null }]);
  hang = false;
  send();
  await sleep(150);
  assert.equal(heard.length, 1, "its lease holds for as long as a call may take");
  clock.advance(60_000);
  await until("delivered", settled("delivered"));
  const log = (await logs())[0]?.log ?? [];
  assert.match(log[0]?.error ?? "", /cut off/);
  assert.equal(log[1]?.status, 200);
  assert.equal(heard[0]?.delivery, heard[1]?.delivery);
});

test("stopping finishes the call in flight and writes it down", async () => {
  answer = (_request, response) => setTimeout(() => response.end("late"), 200);
  await postback("pbk_1", `${base}/pb`);
  await queueDeliveries(database.db, clock.now(), [event()]);
  const deliveries = send();
  await until("the call has arrived", () => heard.length === 1);
  await deliveries.stop();
  assert.equal((await logs())[0]?.state, "delivered");
});
