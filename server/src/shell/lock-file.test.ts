import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { isLock, lockHolder, takeLock } from "./lock-file.ts";

const module = JSON.stringify(join(import.meta.dirname, "lock-file.ts"));

describe("a lock that is a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-lock-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("has one holder, who is named, and is gone when released", () => {
    const path = join(folder, "one");
    const taken = takeLock(path, "test");
    assert.ok(isLock(taken));
    const second = takeLock(path, "other");
    assert.ok(!isLock(second));
    assert.equal(second.pid, process.pid);
    assert.equal(second.note, "test");
    taken.release();
    assert.ok(!existsSync(path));
    assert.equal(lockHolder(path), null);
  });

  it("is taken over from a holder that was killed", () => {
    const path = join(folder, "killed");
    const script = `(await import(${module})).takeLock(${JSON.stringify(path)}, "x"); process.kill(process.pid, "SIGKILL");`;
    spawnSync(process.execPath, ["--input-type=module", "-e", script]);
    assert.ok(existsSync(path), "it was left behind");
    assert.equal(lockHolder(path), null);
    assert.ok(isLock(takeLock(path)));
  });

  it("is taken over when its number belongs to a stranger by now, or it cannot be read", () => {
    const path = join(folder, "stranger");
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: "1", note: "long ago" }));
    assert.ok(isLock(takeLock(path)));
    const broken = join(folder, "broken");
    writeFileSync(broken, "");
    assert.ok(isLock(takeLock(broken)));
  });

  it("goes to exactly one of many who try at once, over a dead holder's lock", async () => {
    const path = join(folder, "race");
    writeFileSync(path, JSON.stringify({ pid: 2 ** 30, started: "1", note: "dead" }));
    const script = `const { isLock, takeLock } = await import(${module});
      const taken = takeLock(${JSON.stringify(path)}); console.log(isLock(taken) ? "mine" : "theirs"); setInterval(() => {}, 1000);`;
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
        const answer = await new Promise<string>((resolve) =>
          child.stdout.once("data", (data) => resolve(String(data).trim())),
        );
        return { child, answer };
      }),
    );
    assert.equal(answers.filter(({ answer }) => answer === "mine").length, 1);
    for (const { child } of answers) child.kill("SIGKILL");
  });
});
