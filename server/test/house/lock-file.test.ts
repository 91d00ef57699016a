import assert from "node:assert/strict";
import { test } from "node:test";
import { missingEntries, readLock } from "./lock-file.ts";
import { report } from "./sources.ts";

test("npm ci accepts the lock file on every platform: each optional package that is named has its entry", () => {
  const missing = Object.keys(missingEntries(readLock()));
  assert.deepEqual(missing, [], report("run `npm run lock` after `npm install`", missing));
});

test("what is missing is found beside the package and in every folder above, and gets its platform", () => {
  const packages = {
    "node_modules/a": {
      version: "1.0.0",
      license: "MIT",
      optionalDependencies: { "a-linux-x64-musl": "1.0.0", "a-darwin-arm64": "1.0.0" },
    },
    "node_modules/b/node_modules/a": {
      version: "2.0.0",
      dev: true,
      optionalDependencies: { "a-darwin-arm64": "2.0.0" },
    },
    "node_modules/b/node_modules/a-darwin-arm64": { version: "2.0.0" },
    "node_modules/a-darwin-arm64": { version: "1.0.0" },
  };
  assert.deepEqual(missingEntries({ packages }), {
    "node_modules/a-linux-x64-musl": {
      version: "1.0.0",
      license: "MIT",
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
      optional: true,
    },
  });
});
