import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hostOf } from "./click-row.ts";
import { deviceReader } from "./device.ts";
import { networkOf } from "./network.ts";
import { unscaled } from "./record-rows.ts";

describe("what a shipped row keeps", () => {
  it("the network of an address, never the address", () => {
    assert.equal(networkOf("203.0.113.77"), "203.0.113.0/24");
    assert.equal(networkOf("2001:db8:1:2:3::4"), "2001:db8:1::/48");
    assert.equal(networkOf("::ffff:203.0.113.77"), "203.0.113.0/24");
    for (const nothing of [undefined, "", "not an address"]) assert.equal(networkOf(nothing), "");
  });

  it("the host of a referrer", () => {
    assert.equal(hostOf("https://user:pass@www.News.example:8443/a?b#c"), "news.example");
    assert.equal(hostOf("android-app://com.example.app/"), "com.example.app");
    for (const nothing of [undefined, "", "nonsense", "/path"]) assert.equal(hostOf(nothing), "");
  });

  it("the device, remembered", () => {
    const read = deviceReader(2);
    const phone =
      "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
    assert.deepEqual(read(phone), { kind: "mobile", os: "Android", browser: "Chrome" });
    assert.equal(read(phone), read(phone));
    read("a");
    read("b");
    assert.deepEqual(read(phone), { kind: "mobile", os: "Android", browser: "Chrome" });
    assert.deepEqual(read(undefined), { kind: "other", os: "", browser: "" });
  });

  it("quantities exactly", () => {
    assert.equal(unscaled("0.1"), 1_000_000_000n);
    assert.equal(unscaled("-12.5"), -125_000_000_000n);
    assert.equal(unscaled("7"), 70_000_000_000n);
  });
});
