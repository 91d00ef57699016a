import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readEventFields } from "../core/event-fields.ts";
import type { DialectBody, DialectCall } from "../dialects/core/contracts.ts";
import { DIALECTS } from "../dialects/index.ts";
import { asCurl, type ExampleCall, exampleCall } from "./core/vendor-calls.ts";

const CLICK = "080ssa6q5m00000004000001000000019wvj7cwj8z2d2";
const SETTINGS = {
  events: { registration: "registration", deposit: "deposit" },
  baseEvent: null,
  statuses: {},
  offers: [],
  partners: {},
  customerParameter: null,
  orderParameter: null,
  currency: null,
};
const VALUES = {
  base: "https://go.example",
  token: "tok",
  clickId: CLICK,
  customerRef: "C-1",
  orderId: "o-1",
  amount: "100.00",
  currency: "EUR",
};

/** An example call as its listener gets it. */
function received(call: ExampleCall, dialect: (typeof DIALECTS)[number]): DialectCall {
  const url = new URL(call.url);
  const path = url.pathname.replace(/^\/in\/tok/, "").replace(/\/$/, "") || "/";
  const pattern = (rule: string) => new RegExp(`^${rule.replace(/:[a-z]+/gi, "[^/]+")}$`, "i");
  const rule = dialect.paths.find(
    (one) => pattern(one.path).test(path) && (one.methods as readonly string[]).includes(call.method),
  );
  const contentType = call.headers["content-type"] ?? "";
  const body: DialectBody =
    call.body === null
      ? { kind: "none" }
      : contentType.endsWith("json")
        ? { kind: "json", value: JSON.parse(call.body) }
        : { kind: "form", pairs: [...new URLSearchParams(call.body)] };
  return {
    method: call.method,
    path,
    rule,
    segments: {},
    query: [...url.searchParams],
    headers: {},
    contentType,
    body,
    rawBody: call.body ?? "",
  };
}

describe("the example call of each platform is understood by its listener", () => {
  for (const dialect of DIALECTS) {
    for (const occasion of ["registration", "ftd"] as const) {
      it(`${dialect.name}: ${occasion}`, () => {
        const goal = occasion === "registration" ? "registration" : "deposit";
        const example = exampleCall(dialect.name, { ...VALUES, occasion, goal });
        if (example === undefined)
          return assert.equal(dialect.signs, true, "only what a platform signs cannot be called by hand");
        const call = received(example, dialect);
        assert.ok(call.rule !== undefined, `${call.method} ${call.path} is an address of ${dialect.name}`);
        const reading = dialect.read(call, SETTINGS);
        const line = reading.lines?.[0];
        assert.deepEqual(line?.problems, undefined, JSON.stringify(line ?? reading));
        const { fields } = readEventFields(line?.pairs ?? []);
        if (occasion === "registration") assert.equal(fields.clickId, CLICK);
        // Where a platform has no parameter for the customer, the click stands for it.
        assert.ok(["C-1", CLICK, undefined].includes(fields.customerId), fields.customerId ?? "");
        // Some platforms know sales only, whatever they are called.
        assert.ok([goal, ...(occasion === "ftd" ? ["sale"] : [])].includes(fields.type ?? ""), fields.type ?? "");
      });
    }
  }
});

it("a call for the command line keeps quotes quoted", () => {
  const curl = asCurl({
    method: "POST",
    url: "https://go.example/?a='b'",
    headers: { "content-type": "application/json" },
    body: `{"a":"it's"}`,
  });
  assert.equal(
    curl,
    `curl -i -X POST 'https://go.example/?a='\\''b'\\''' \\\n  -H 'content-type: application/json' \\\n  --data '{"a":"it'\\''s"}'`,
  );
});
