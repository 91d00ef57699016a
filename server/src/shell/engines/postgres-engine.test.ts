import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { temporaryFolder } from "../../../test/harness/index.ts";
import { startPostgres } from "./postgres-engine.ts";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const engine = JSON.stringify(join(import.meta.dirname, "postgres-engine.ts"));

async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows[0];
  } finally {
    await client.end();
  }
}

/** A program of its own that runs the engine until it is killed; resolves once the engine is ready. */
async function hostedElsewhere(directory: string): Promise<{ host: ChildProcess; postmaster: number }> {
  const script = `const { startPostgres } = await import(${engine});
    const running = await startPostgres({ directory: ${JSON.stringify(directory)}, durable: false });
    console.log("pid", running.pid); setInterval(() => {}, 1000);`;
  const host = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) => host.stdout.once("data", (data) => resolve(String(data))));
  return { host, postmaster: Number(line.split(" ")[1]) };
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
}

describe("the built-in PostgreSQL", () => {
  let folder: string;
  before(() => {
    folder = temporaryFolder();
    chmodSync(folder, 0o755);
  });
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  it("keeps its data, sorts by bytes, listens on no network, and runs durably", async () => {
    const directory = join(folder, "plain");
    const first = await startPostgres({ directory });
    await ask(first.url, "create table kept (n int)");
    await ask(first.url, "insert into kept values (7)");
    const settings = `select current_setting('listen_addresses') as listen, current_setting('synchronous_commit') as commit,
      current_setting('fsync') as fsync, (array['b','a','B'])::text as t, 'B' < 'a' as bytes, version() ~ '^PostgreSQL 18' as right_version`;
    const found = (await ask(first.url, settings)) as Record<string, unknown>;
    assert.deepEqual([found.listen, found.commit, found.fsync], ["", "on", "on"]);
    assert.equal(found.bytes, true);
    assert.equal(found.right_version, true);
    await first.stop();
    const second = await startPostgres({ directory });
    assert.deepEqual(await ask(second.url, "select n from kept"), { n: 7 });
    await second.stop();
    assert.ok(!existsSync(join(directory, "cluster", "postmaster.pid")));
  });

  it("starts in a folder whose path is longer than a socket's may be", async () => {
    const directory = join(folder, "d".repeat(60), "e".repeat(60));
    const running = await startPostgres({ directory, durable: false });
    assert.deepEqual(await ask(running.url, "select 1 as one"), { one: 1 });
    await running.stop();
  });

  it("takes the place of a server that was left behind without its program", async () => {
    const directory = join(folder, "orphan");
    const { host, postmaster } = await hostedElsewhere(directory);
    // Without the courtesy of the watchdog: it is killed first, then the host.
    for (const pid of childrenOf(host.pid ?? 0)) if (pid !== postmaster) process.kill(pid, "SIGKILL");
    host.kill("SIGKILL");
    await sleep(300);
    process.kill(postmaster, 0);
    const running = await startPostgres({ directory, durable: false });
    assert.notEqual(running.pid, postmaster);
    assert.deepEqual(await ask(running.url, "select 1 as one"), { one: 1 });
    await running.stop();
  });

  it("ends soon after its program was killed", async () => {
    const directory = join(folder, "watched");
    const { host } = await hostedElsewhere(directory);
    host.kill("SIGKILL");
    const pidFile = join(directory, "cluster", "postmaster.pid");
    for (let waited = 0; waited < 600 && existsSync(pidFile); waited += 1) await sleep(100);
    assert.ok(!existsSync(pidFile), "the watchdog ended it");
  });

  it("is not fooled by a pid file whose number belongs to somebody else by now", async () => {
    const directory = join(folder, "stranger");
    const first = await startPostgres({ directory, durable: false });
    await first.stop();
    const pidFile = join(directory, "cluster", "postmaster.pid");
    writeFileSync(pidFile, `${process.pid}\n${join(directory, "cluster")}\n1\n5432\n/nowhere\n\n  1 1\nready\n`);
    const second = await startPostgres({ directory, durable: false });
    assert.deepEqual(await ask(second.url, "select 1 as one"), { one: 1 });
    await second.stop();
  });

  it("starts over when the creation of the cluster was broken off", async () => {
    const directory = join(folder, "half");
    mkdirSync(join(directory, "cluster.new", "base"), { recursive: true });
    const running = await startPostgres({ directory, durable: false });
    await running.stop();
    assert.ok(!existsSync(join(directory, "cluster.new")));
  });
});

describe("the built-in PostgreSQL for root and for others", { skip: isRoot ? false : "needs root" }, () => {
  const folder = isRoot ? temporaryFolder() : "";
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  it("runs for root under a folder that is closed to everybody else", async () => {
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const running = await startPostgres({ directory: join(closed, "postgres"), durable: false });
    assert.deepEqual(await ask(running.url, "select 1 as one"), { one: 1 });
    const status = readFileSync(`/proc/${running.pid}/status`, "utf8");
    assert.doesNotMatch(status, /^Uid:\t0/m, "the server is not root");
    await running.stop();
  });

  it("runs for an ordinary user", () => {
    const home = join(folder, "user");
    chmodSync(folder, 0o755);
    mkdirSync(home);
    chownSync(home, NOBODY, NOBODY);
    const script = `const { startPostgres } = await import(${engine});
      const running = await startPostgres({ directory: ${JSON.stringify(join(home, "postgres"))}, durable: false });
      await running.stop(); console.log("ran as", process.getuid());`;
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      uid: NOBODY,
      gid: NOBODY,
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });
    assert.equal(result.stdout, `ran as ${NOBODY}\n`, result.stderr);
  });

  it("leaves an ordinary user's cluster that user's when root starts it", async () => {
    const running = await startPostgres({ directory: join(folder, "user", "postgres"), durable: false });
    assert.match(readFileSync(`/proc/${running.pid}/status`, "utf8"), new RegExp(`^Uid:\\t${NOBODY}`, "m"));
    assert.deepEqual(await ask(running.url, "select 1 as one"), { one: 1 });
    await running.stop();
  });
});
