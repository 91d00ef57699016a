import assert from "node:assert/strict";
import { test } from "node:test";
import { joinParameters, withParameters } from "./parameters.ts";

const UTM = joinParameters({ utm_source: "{partner}", utm_medium: "affiliate" }, { utm_medium: "e mail&co" });

for (const [address, expected] of [
  ["https://a.example/", "https://a.example/?utm_source={partner}&utm_medium=e%20mail%26co"],
  ["https://a.example/?x=1#top", "https://a.example/?x=1&utm_source={partner}&utm_medium=e%20mail%26co#top"],
  ["https://a.example/?", "https://a.example/?utm_source={partner}&utm_medium=e%20mail%26co"],
  ["https://a.example/?utm_medium=own", "https://a.example/?utm_medium=own&utm_source={partner}"],
  [
    "https://a.example/?my_utm_medium=own",
    "https://a.example/?my_utm_medium=own&utm_source={partner}&utm_medium=e%20mail%26co",
  ],
] as const) {
  test(`parameters on ${address}`, () => assert.equal(withParameters(address, UTM), expected));
}

test("without parameters an address stays what it is", () => {
  assert.equal(withParameters("https://a.example/?", joinParameters({}, undefined)), "https://a.example/?");
});
