#!/usr/bin/env node
// Plain JavaScript that any Node.js from 20 on can run: it hands over to the Node.js that the project pins (npm's `node` package),
// which runs the TypeScript of the program as it stands.
import { spawn } from "node:child_process";
import * as modules from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const main = join(root, "server", "src", "main.ts");
const pinned = findPinned();
// Types are stripped and modules compiled once for every process that starts from here; without rights to write there, each time.
process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules", ".cache", "tributary");

if (!pinned || process.version === `v${pinned.version}`) {
  modules.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  await import(main);
} else {
  handOver(pinned.binary);
}

function findPinned() {
  try {
    const require = modules.createRequire(import.meta.url);
    const file = require.resolve("node/package.json");
    return { binary: join(dirname(file), "bin", "node"), version: require(file).version };
  } catch {
    console.error('The pinned Node.js is missing from node_modules: run "npm ci" first.');
    process.exit(1);
  }
}

function handOver(binary) {
  // The open channel tells the program when this process is gone, even by kill -9.
  const child = spawn(binary, [main, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, TRIBUTARY_LAUNCHED: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`The pinned Node.js could not be started (${error.message}): run "npm ci" again.`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
