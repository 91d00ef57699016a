import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./sources.ts";

/** The checks that `npm run check` stands for; each is the tool itself, run as a person would run it. */
const CHECKS = [
  ["types of contract, server, tests and benchmarks", "tsc", ["-p", "."]],
  ["types of the console", "tsc", ["-p", "console"]],
  ["types of the browser tests", "tsc", ["-p", "e2e"]],
  ["format and lint", "biome", ["check", "--error-on-warnings"]],
  [
    "doors and map",
    "depcruise",
    ["--config", ".dependency-cruiser.cjs", "contract/src", "server/src", "server/test", "console/src", "e2e", "bench"],
  ],
  ["nothing that nobody uses", "knip", ["--no-progress"]],
] as const;

for (const [name, tool, args] of CHECKS) {
  test(`${name} (${tool})`, async () => {
    const { code, output } = await run(tool, args);
    assert.equal(code, 0, output.slice(-6000));
  });
}

async function run(tool: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const bin = join(root, "node_modules/.bin");
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: "1" };
  const child = spawn(join(bin, tool), args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, output };
}
