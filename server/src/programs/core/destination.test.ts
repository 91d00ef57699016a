import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { destinationProblem, hostAllowed, hostPatternProblem } from "./destination.ts";

const HOSTS = ["shop.example", "*.brand.example"];

describe("destinations", () => {
  const fine = [
    "https://shop.example/",
    "http://shop.example:8080/a?b=c#d",
    "https://SHOP.example/",
    "https://a.brand.example/x?cid={click_id}&s={sub1}",
    "https://a.b.brand.example/{offer}",
  ];
  for (const address of fine) {
    it(`lets ${address} through`, () =>
      assert.equal(destinationProblem(address, HOSTS, ["click_id", "sub1", "offer"]), null));
  }

  const refused: [string, RegExp][] = [
    ["https://evil.example/", /not one of the allowed/],
    ["https://shop.example.evil.example/", /not one of the allowed/],
    ["https://evilbrand.example/", /not one of the allowed/],
    ["https://brand.example/", /not one of the allowed/],
    ["https://shop.example@evil.example/", /user name/],
    ["https://user:pw@shop.example/", /user name/],
    ["https://@shop.example/", /user name/],
    ["https://evil.example\\@shop.example/", /backslash/],
    ["https://shop.example\t.evil.example/", /control character/],
    ["//shop.example/", /does not start/],
    ["javascript:alert(1)", /does not start/],
    ["data:text/html,x", /does not start/],
    ["ftp://shop.example/", /does not start/],
    ["https:shop.example", /does not start/],
    ["https://{sub1}.brand.example/", /macro or an escape/],
    ["https://{sub1}/", /macro or an escape/],
    ["https://shop.example%2eevil.example/", /macro or an escape/],
    ["https://shop.example/?x={oops}", /unknown macro \{oops\}/],
    ["https:///", /not a web address/],
    ["https://[::1/", /not a web address/],
  ];
  for (const [address, problem] of refused) {
    it(`refuses ${JSON.stringify(address)}`, () =>
      assert.match(destinationProblem(address, HOSTS, ["sub1"]) ?? "", problem));
  }

  it("knows hosts by whole labels, with or without the final dot", () => {
    assert.equal(hostAllowed("shop.example.", HOSTS), true);
    assert.equal(hostAllowed("notshop.example", HOSTS), false);
  });

  it("wants patterns that cannot swallow a whole ending", () => {
    assert.deepEqual(
      [
        "shop.example",
        "*.shop.example",
        "localhost",
        "127.0.0.1",
        "*.com",
        "*",
        "a..b",
        "shop.example/x",
        "*shop.example",
      ].map((pattern) => hostPatternProblem(pattern) === null),
      [true, true, true, true, false, false, false, false, false],
    );
  });
});
