import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lockHolder } from "../../src/shell/lock-file.ts";
import { shortLived } from "./memory.ts";

let address: Promise<string> | undefined;

/** Connection string of the shared test cluster's maintenance database; starts the cluster when nobody has yet. */
export function testCluster(): Promise<string> {
  address ??= findCluster();
  return address;
}

async function findCluster(): Promise<string> {
  const key = createHash("sha256")
    .update(`${import.meta.dirname} ${userInfo().uid}`)
    .digest("hex")
    .slice(0, 10);
  const folder = join(shortLived(), `tributary-test-${key}`);
  const log = `${folder}.log`;
  const began = Date.now();
  for (;;) {
    const found = await askKeeper(join(folder, "keeper.sock"));
    if (found) return found;
    if (!lockHolder(`${folder}.lock`)) startKeeper(folder, log);
    await sleep(60);
    if (Date.now() - began > 60_000) throw new Error(`The test cluster did not start: ${lastLine(log)} (log: ${log})`);
  }
}

function startKeeper(folder: string, log: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const output = openSync(log, "w");
  const keeper = spawn(process.execPath, [join(import.meta.dirname, "cluster-keeper.ts"), folder], {
    detached: true,
    stdio: ["ignore", output, output],
    env: { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: "" },
  });
  keeper.unref();
}

/** The connection stays open for the life of this process: that is how the keeper counts its users. */
function askKeeper(socket: string): Promise<string | null> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once("error", () => resolve(null));
    connection.once("close", () => resolve(null));
    connection.once("data", (data) => {
      connection.unref();
      resolve(data.toString().trim());
    });
  });
}

function lastLine(log: string): string {
  return readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" ") || "no message";
}
