import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { BROWSER_SCRIPT } from "../../../server/src/tracking/edge/browser-script.generated.ts";

describe("the browser script", () => {
  it("is smaller than 3 KB compressed", () => {
    assert.ok(gzipSync(BROWSER_SCRIPT).length < 3072, `${gzipSync(BROWSER_SCRIPT).length} bytes`);
    assert.ok(brotliCompressSync(BROWSER_SCRIPT).length < 3072);
  });

  it("is a plain function: no module, nothing from elsewhere", () => {
    assert.match(BROWSER_SCRIPT, /^function start\(/);
    assert.doesNotMatch(BROWSER_SCRIPT, /\b(?:import|export|require|eval)\b/);
    assert.doesNotThrow(() => new Function(`${BROWSER_SCRIPT};return start`)());
  });
});
