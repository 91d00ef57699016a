import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SourceDialect } from "@tributary/contract";
import type { Dialect, PathRule } from "./core/contracts.ts";
import { DIALECTS } from "./index.ts";
import { listenersOf } from "./listeners.ts";

function dialectAt(...paths: readonly PathRule[]): Dialect {
  return { ...(DIALECTS[0] as Dialect), paths };
}

describe("who listens on a path", () => {
  const root: PathRule = { path: "/", methods: ["GET"], needs: ["nid", "transaction_id"], what: "conversion" };
  const account: PathRule = { path: "/Advertisers/:account/Conversions", methods: ["POST"], what: "conversion" };
  const listeners = listenersOf([dialectAt(root), dialectAt(account)]);
  const rules = (method: string, path: string, query = "") =>
    listeners.find(method, path, query).map(({ rule }) => rule.path);

  it("is told by path, method and the parameters that have to be there", () => {
    assert.deepEqual(rules("GET", "/", "nid=1&transaction_id=2"), ["/"]);
    assert.deepEqual(rules("GET", "/", "transaction_id=2&NID=1"), ["/"]);
    assert.deepEqual(rules("GET", "/", "nid=1"), []);
    assert.deepEqual(rules("GET", "/", "xnid=1&transaction_id=2"), []);
    assert.deepEqual(rules("POST", "/", "nid=1&transaction_id=2"), []);
    assert.deepEqual(rules("GET", "/other", "nid=1&transaction_id=2"), []);
  });

  it("tells short words by their capitals, and hands on what follows them", () => {
    const short = listenersOf([dialectAt({ path: "/SL:offer", methods: ["GET"], what: "pixel" })]);
    const found = (path: string) => short.find("GET", path, "").map(({ segments }) => segments.offer);
    assert.deepEqual(found("/SL46"), ["46"]);
    assert.deepEqual(found("/SLbO/"), ["bO"]);
    for (const path of ["/sl46", "/SL", "/SL46/more", "/SLtoolong", "/SL%34", "/SP46"])
      assert.deepEqual(found(path), []);
  });

  it("does not mind case and a slash at the end, and hands on what varies as it was sent", () => {
    assert.deepEqual(rules("POST", "/advertisers/IRsid1/conversions/"), ["/Advertisers/:account/Conversions"]);
    assert.deepEqual(rules("POST", "/Advertisers/IRsid1"), []);
    assert.deepEqual(rules("POST", "/Advertisers/IRsid1/Conversions/more"), []);
    const [found] = listeners.find("POST", "/Advertisers/IR%20sid/Conversions", "");
    assert.deepEqual(found?.segments, { account: "IR%20sid" });
  });
});

describe("the registry of dialects", () => {
  it("holds every dialect that a source may speak, once", () => {
    const names = DIALECTS.map((dialect) => dialect.name);
    assert.deepEqual(names.toSorted(), SourceDialect.options.filter((name) => name !== "tributary").toSorted());
    assert.equal(new Set(names).size, names.length);
  });

  it("has a source for what it says of a platform, and says what is not understood", () => {
    for (const { name, sources, limits } of DIALECTS) {
      assert.ok(sources.length > 0 && limits.length > 0, name);
      for (const { address } of sources) assert.ok(URL.canParse(address), `${name}: ${address}`);
    }
  });

  it("never listens where the API, the console or a door of the edge is", () => {
    for (const dialect of DIALECTS) {
      for (const { path, needs } of dialect.paths) {
        assert.doesNotMatch(
          path,
          /^\/(?:v1|portal|api\/auth|assets|calculator|in|.)(?:\/|$)/,
          `${dialect.name} ${path}`,
        );
        if (path === "/") assert.ok(needs !== undefined && needs.length > 0, dialect.name);
      }
    }
  });
});
