import assert from "node:assert/strict";
import { it } from "node:test";
import { publishedAddress } from "./published-address.ts";

it("an address is published with what is added, and only that", () => {
  const url = "https://go.example/c/abc";
  assert.equal(publishedAddress(url, {}), url);
  assert.equal(publishedAddress(url, { sub1: "  ", source: "" }), url);
  assert.equal(
    publishedAddress(url, { sub1: "spring sale", click_id: "{clickid}" }),
    `${url}?sub1=spring+sale&click_id={clickid}`,
  );
  assert.equal(publishedAddress(`${url}?a=1`, { sub1: "x&y" }), `${url}?a=1&sub1=x%26y`);
});
