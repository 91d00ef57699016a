import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyKind, fillBody, fillUrl, maskCustomer, unknownMacros } from "./macros.ts";

const FILLED = [
  // template, value of sub1, what is called
  ["https://x.example/pb?s={sub1}&t=1", "a b", "https://x.example/pb?s=a%20b&t=1"],
  ["https://x.example/pb?s={sub1}&t=1", "a&t=2#x", "https://x.example/pb?s=a%26t%3D2%23x&t=1"],
  ["https://x.example/{sub1}/end", "../../admin", "https://x.example/..%2F..%2Fadmin/end"],
  ["https://x.example/{sub1}/end", "..", "https://x.example//end"],
  ["https://x.example/pb?s={sub1}", "..", "https://x.example/pb?s=.."],
  ["https://x.example/pb?s={sub1}", "ñ 💶 \ud800", "https://x.example/pb?s=%C3%B1%20%F0%9F%92%B6%20%EF%BF%BD"],
  ["https://x.example/pb?s={sub1}", "{sub2}", "https://x.example/pb?s=%7Bsub2%7D"],
  ["https://x.example/pb?s={sub1}", "it's (me)*!", "https://x.example/pb?s=it%27s%20%28me%29%2A%21"],
  ["https://x.example/pb?s={sub1}", "$& $1 $$", "https://x.example/pb?s=%24%26%20%241%20%24%24"],
  ["https://x.example/pb?s={sub1}", "a\r\nX: y", "https://x.example/pb?s=a%0D%0AX%3A%20y"],
  ["https://x.example/pb", "unused", "https://x.example/pb"],
] as const;

test("a value never ends its place in the address", () => {
  for (const [template, value, called] of FILLED) assert.equal(fillUrl(template, { sub1: value }), called);
});

test("a macro without a value is empty", () => {
  assert.equal(fillUrl("https://x.example/pb?s={sub1}&e={event}", { event: "ftd" }), "https://x.example/pb?s=&e=ftd");
});

test("a JSON body stays JSON whatever the value holds", () => {
  const body = fillBody('{"id": "{click_id}", "s": "{sub1}"}', { click_id: 'a"b\\', sub1: "}\n{" });
  assert.deepEqual(JSON.parse(body), { id: 'a"b\\', s: "}\n{" });
  assert.equal(bodyKind('  {"id": 1}'), "application/json");
});

test("any other body is form-encoded", () => {
  assert.equal(fillBody("id={click_id}&s={sub1}", { click_id: "a&b", sub1: "c=d" }), "id=a%26b&s=c%3Dd");
  assert.equal(bodyKind("id={click_id}"), "application/x-www-form-urlencoded");
});

test("unknown names in braces are found, JSON braces are not names", () => {
  const known = new Set(["click_id", "sub1"]);
  assert.deepEqual(unknownMacros('{"a": {"b": "{click_id}"}, "c": "{sub1}"}', known), []);
  assert.deepEqual(unknownMacros("?a={clickid}&b={sub11}&c={clickid}&d={CLICK_ID}", known), [
    "clickid",
    "sub11",
    "CLICK_ID",
  ]);
});

test("of a customer's id only the end is shown, and nothing of a short one", () => {
  const masked = ["abc", "1234", "1234567", "12345678", "👩‍💻-7781"].map(maskCustomer);
  assert.deepEqual(masked, ["***", "***34", "***67", "***5678", "***7781"]);
});
