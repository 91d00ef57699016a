import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runTributary, startTributary, temporaryFolder } from "../../test/harness/index.ts";

describe("serve", () => {
  let folder: string;
  before(() => {
    folder = temporaryFolder();
  });
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  it("starts on an empty folder, answers, keeps its secret to itself and ends in order", async () => {
    const tributary = await startTributary({ dataDirectory: folder });
    const response = await fetch(tributary.url);
    assert.ok(response.status < 500, `status ${response.status}`);
    assert.equal(statSync(join(folder, "secret")).mode & 0o777, 0o600);
    assert.equal(await tributary.stop("SIGTERM"), 0);
    assert.doesNotMatch(tributary.output(), /"level":50/);
  });

  it("finds everything as it was, and a command joins it while it runs", async () => {
    const secret = readFileSync(join(folder, "secret"), "utf8");
    const tributary = await startTributary({ dataDirectory: folder });
    const command = await runTributary(["migrate", "--json"], { dataDirectory: folder });
    assert.deepEqual(JSON.parse(command.stdout), { applied: [] });
    assert.equal(command.code, 0);
    assert.equal(await tributary.stop("SIGINT"), 0);
    assert.equal(readFileSync(join(folder, "secret"), "utf8"), secret);
  });

  it("refuses a second program on the same folder in one sentence", async () => {
    const tributary = await startTributary({ dataDirectory: folder });
    const second = await runTributary(["serve", "--port", "0"], { dataDirectory: folder });
    assert.equal(second.code, 1);
    assert.match(
      second.stderr,
      /^The data folder .* is in use by another Tributary \(process \d+, serve\): stop .*\n$/,
    );
    await tributary.stop();
  });

  it("recovers by itself after a kill -9 of everything, at any moment", async () => {
    for (const delay of [0, 150, 900]) {
      const tributary = await startTributary({ dataDirectory: folder });
      await sleep(delay);
      await tributary.killEverything();
    }
    const tributary = await startTributary({ dataDirectory: folder });
    assert.equal(await tributary.stop(), 0);
  });

  it("recovers after a kill -9 of the main process alone, whose engines are still about", async () => {
    const tributary = await startTributary({ dataDirectory: folder });
    process.kill(tributary.pid, "SIGKILL");
    const again = await startTributary({ dataDirectory: folder });
    assert.equal(await again.stop(), 0);
  });

  it("starts a dead engine and a dead worker again", async () => {
    const tributary = await startTributary({ dataDirectory: folder });
    const postmaster = join(folder, "postgres", "cluster", "postmaster.pid");
    const before = Number(readFileSync(postmaster, "utf8").split("\n")[0]);
    process.kill(before, "SIGKILL");
    const engine = JSON.parse(readFileSync(join(folder, "clickhouse", "process.json"), "utf8")) as { pid: number };
    process.kill(engine.pid, "SIGKILL");
    for (let waited = 0; waited < 1200 && tributary.output().split("the engine runs again").length < 3; waited += 1) {
      await sleep(100);
    }
    const command = await runTributary(["migrate", "--json"], { dataDirectory: folder });
    assert.equal(command.code, 0, command.stderr);
    assert.notEqual(Number(readFileSync(postmaster, "utf8").split("\n")[0]), before);
    assert.equal(await tributary.stop(), 0);
  });
});

describe("what is in the way of a start is told in one sentence", () => {
  let folder: string;
  before(() => {
    folder = temporaryFolder();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const refused = async (args: string[], message: RegExp, env: Record<string, string> = {}) => {
    const result = await runTributary(args, { env });
    assert.equal(result.code, 1, result.stdout + result.stderr);
    assert.match(result.stderr, message);
    assert.equal(result.stderr.trim().split("\n").length, 1, "one line, no stack trace");
  };

  it("a port in use", async () => {
    const other = createServer().listen(0);
    const { port } = other.address() as { port: number };
    await refused(["serve", "--data", folder, "--port", String(port)], new RegExp(`^Port ${port} is in use .*--port`));
    other.close();
  });

  it("a folder that cannot be made or written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await refused(
      ["serve", "--data", file, "--port", "0"],
      /^The data folder .*file cannot be written \(there is a file of that name\)/,
    );
    await refused(["serve", "--data", join(file, "x"), "--port", "0"], /\(there is a file of that name\): give/);
    await refused(["serve", "--data", "/proc/tributary", "--port", "0"], /^The data folder .* cannot be written/);
    if (process.getuid?.() === 0) return;
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    await refused(["serve", "--data", closed, "--port", "0"], /this user has no right to it/);
  });

  it("a data folder of a newer version", async () => {
    const newer = join(folder, "newer");
    mkdirSync(newer);
    writeFileSync(join(newer, "version.json"), '{"format":1,"program":"99.0.0"}');
    await refused(["serve", "--data", newer, "--port", "0"], /was written by Tributary 99\.0\.0, which is newer/);
    writeFileSync(join(newer, "version.json"), '{"format":2,"program":"0.1.0"}');
    await refused(["migrate", "--data", newer], /is newer than this program/);
    writeFileSync(join(newer, "version.json"), "");
    await refused(["migrate", "--data", newer], /version\.json is damaged/);
  });

  it("a variable that does not hold", async () => {
    await refused(["serve", "--data", folder], /^PORT is "many", but it must be a whole number/, { PORT: "many" });
  });

  it("an address of another machine", async () => {
    await refused(["serve", "--data", folder, "--host", "203.0.113.9", "--port", "4711"], /not one of this machine/);
  });
});
