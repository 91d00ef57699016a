import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Destination,
  deepLinkDestination,
  fillDestination,
  hostAllowed,
  prepareDestination,
} from "./destination.ts";

const VALUES: Readonly<Record<string, string>> = {
  click_id: "ID",
  sub1: "a b&c=d/é",
  sub2: "evil.example",
  country: "ES",
};
const fill = (destination: Destination | undefined) =>
  destination === undefined ? undefined : fillDestination(destination, (name) => VALUES[name]);
const landing = (address: string, handOn = true) => fill(prepareDestination(address, { handOn }));

test("macros are filled and encoded, behind the host only", () => {
  for (const [address, filled] of [
    ["https://a.example/?c={click_id}&s={sub1}", "https://a.example/?c=ID&s=a%20b%26c%3Dd%2F%C3%A9"],
    ["https://a.example/{country}/{CLICK_ID}", "https://a.example/ES/ID"],
    ["https://a.example/%7Bclick_id%7D", "https://a.example/ID"],
    ["https://a.example/?c={click_id}&x={unknown}&y={sub3}", "https://a.example/?c=ID&x=%7Bunknown%7D&y="],
    ["https://a.example/?c={click_id}#{sub2}", "https://a.example/?c=ID#evil.example"],
    ["https://a.example", "https://a.example?click_id=ID"],
    ["https://a.example/?", "https://a.example/?click_id=ID"],
    ["https://a.example/?x=1#top", "https://a.example/?x=1&click_id=ID#top"],
    ["https://a.example/ñ?x=á é", "https://a.example/%C3%B1?x=%C3%A1%20%C3%A9&click_id=ID"],
    ["https://a.example/\r\nSet-Cookie:x", "https://a.example/%0D%0ASet-Cookie:x?click_id=ID"],
  ] as const)
    assert.equal(landing(address), filled, address);
  assert.equal(landing("https://a.example/x", false), "https://a.example/x");
});

test("what is no web address is nowhere", () => {
  for (const address of [
    "",
    "/x",
    "ftp://a.example",
    "javascript:alert(1)",
    "https://{sub2}/",
    "https://x.{sub2}",
    "https://",
    "https://a b/",
    "//a.example",
  ])
    assert.equal(landing(address), undefined, address);
});

test("an allowed host is that host, or any below a starred one", () => {
  const allowed = ["www.a.example", "*.Shop.a.example", "b.example:8443"];
  for (const host of ["www.a.example", "x.shop.a.example", "y.x.shop.a.example", "b.example:8443"])
    assert.ok(hostAllowed(host, allowed), host);
  for (const host of [
    "a.example",
    "shop.a.example",
    "evilshop.a.example",
    "www.a.example.evil",
    "b.example",
    "www.a.example:8443",
    "",
  ])
    assert.ok(!hostAllowed(host, allowed), host);
});

test("a deep link stays within the allowed hosts, whatever it looks like", () => {
  const follow = (asked: string) =>
    fill(deepLinkDestination(asked, "https://www.a.example/land", ["www.a.example"], 200));
  assert.equal(follow("/x?y=1"), "https://www.a.example/x?y=1&click_id=ID");
  assert.equal(follow("https://WWW.A.EXAMPLE/x"), "https://www.a.example/x?click_id=ID");
  assert.equal(follow("https://www.a.example/\\evil.example"), "https://www.a.example//evil.example?click_id=ID");
  assert.equal(follow(`https://www.a.example/${"x".repeat(200)}`), undefined);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom(..."/\\@:.?#%{}htps wa\t\n".split("")) }),
      ),
      (asked) => {
        for (const text of [asked, `/${asked}`, `https://www.a.example${asked}`, `https://${asked}`]) {
          const followed = follow(text);
          if (followed !== undefined) assert.equal(new URL(followed).host, "www.a.example", text);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test("no value ends a header or leaves its place", () => {
  const destination = prepareDestination("https://a.example/p?c={click_id}&s={sub1}", { handOn: true });
  assert.ok(destination);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (value) => {
      const address = new URL(fillDestination(destination, (name) => (name === "sub1" ? value.toWellFormed() : "ID")));
      assert.equal(address.host, "a.example");
      assert.equal(address.searchParams.get("s"), value.toWellFormed());
      assert.match(address.href, /^[\x21-\x7e]+$/);
    }),
  );
});
