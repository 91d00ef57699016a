import assert from "node:assert/strict";
import { test } from "node:test";
import { trustedProxies } from "./address.ts";

const proxies = trustedProxies(["127.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32"]);

test("X-Forwarded-For is believed as far as trusted proxies wrote it", () => {
  for (const [peer, forwarded, client] of [
    ["203.0.113.9", undefined, "203.0.113.9"],
    ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["127.0.0.1", undefined, "127.0.0.1"],
    ["127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3", "198.51.100.1"],
    ["127.0.0.1", "10.1.1.1,10.1.1.2", "10.1.1.1"],
    ["::1", "2001:DB8::5, 2001:0db9::1", "2001:db9::1"],
    ["::1", "[2001:db9::1]:443", "2001:db9::1"],
    ["127.0.0.1", "198.51.100.1:1234", "198.51.100.1"],
    ["127.0.0.1", "junk", "127.0.0.1"],
    ["127.0.0.1", "198.51.100.1, junk, 10.0.0.1", "10.0.0.1"],
    ["127.0.0.1", "999.1.1.1", "127.0.0.1"],
    ["127.0.0.1", "", "127.0.0.1"],
    ["127.0.0.1", ",", "127.0.0.1"],
    ["127.0.0.1", "fe80::1%eth0", "127.0.0.1"],
    [undefined, "198.51.100.1", undefined],
  ] as const)
    assert.equal(proxies.client(peer, forwarded), client, `${peer} ${forwarded}`);
});

test("whose word on https holds", () => {
  assert.ok(proxies.trusts("10.255.0.1"));
  assert.ok(proxies.trusts("::ffff:10.0.0.1"));
  assert.ok(!proxies.trusts("11.0.0.1"));
  assert.ok(!proxies.trusts(undefined));
  assert.ok(!trustedProxies([]).trusts("127.0.0.1"));
  assert.throws(() => trustedProxies(["not an address"]));
});
