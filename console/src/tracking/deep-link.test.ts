import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deepLinkProblem } from "./deep-link.ts";

const HOSTS = ["www.shop.example", "*.promo.example"];

describe("deep links", () => {
  const rows: readonly (readonly [string, string, string | null])[] = [
    ["nothing typed", "", null],
    ["an allowed host", "https://www.shop.example/a?b=1#c", null],
    ["case does not matter", "HTTPS://WWW.Shop.example/", null],
    ["below a suffix", "https://de.promo.example/", null],
    ["the suffix itself is not below it", "https://promo.example/", "foreignHost"],
    ["a host that only ends like it", "https://evilpromo.example/", "foreignHost"],
    ["another host", "https://evil.example/", "foreignHost"],
    ["another scheme", "javascript:alert(1)", "notAnAddress"],
    ["no scheme", "www.shop.example/a", "notAnAddress"],
    ["a blank", "https://www.shop.example/a b", "notAnAddress"],
    ["a backslash", "https://www.shop.example\\@evil.example", "notAnAddress"],
    ["a user before the host", "https://www.shop.example@evil.example/", "userInfo"],
    ["a macro", "https://www.shop.example/{click_id}", "macro"],
  ];
  for (const [name, text, problem] of rows) it(name, () => assert.equal(deepLinkProblem(text, HOSTS), problem));
});
