import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readEventFields } from "../../core/event-fields.ts";
import type { DialectSettings, Pair } from "./contracts.ts";
import { macroIn } from "./macros.ts";
import { type VendorForm, vendorLine } from "./vendor-event.ts";

const FORM: VendorForm = {
  dialect: "affise",
  names: {
    clickId: ["clickid", "click_id"],
    externalId: ["action_id"],
    amount: ["sum"],
    goal: ["goal"],
    status: ["status"],
    offer: ["offer_id"],
    partner: ["pid"],
    fraud: ["fraud"],
  },
  statuses: { "1": "count", "3": "void" },
  baseGoals: ["1"],
  secret: ["secure"],
};
const SETTINGS: DialectSettings = {
  events: {},
  baseEvent: null,
  statuses: {},
  offers: [],
  partners: {},
  customerParameter: null,
  orderParameter: null,
  currency: null,
};

function read(query: string, settings: Partial<DialectSettings> = {}, form: Partial<VendorForm> = {}) {
  const pairs = [...new URLSearchParams(query)];
  const line = vendorLine({ ...FORM, ...form }, pairs, { ...SETTINGS, ...settings });
  if (line.problems !== undefined) return line.problems.map((problem) => `${problem.code} ${problem.field}`);
  return { ...Object.fromEntries(line.pairs), ...(line.ifKnown === undefined ? {} : { ifKnown: line.ifKnown }) };
}

describe("an event in the words of a platform", () => {
  it("is told under canonical names, and keeps what has no meaning", () => {
    assert.deepEqual(read("clickid=c1&action_id=a&sum=1.5&status=1&custom=x&secure=hidden"), {
      type: "sale",
      external_id: "a",
      customer_id: "c1",
      click_id: "c1",
      amount: "1.5",
      custom: "x",
    });
  });

  it("gives no meaning by accident: what the platform does not mean by a name stays beside the event", () => {
    const read1 = read("clickid=c1&sum=1&revenue=99&void=1&lots=5&currency_x=y");
    assert.deepEqual(read1, {
      type: "sale",
      external_id: "c1",
      customer_id: "c1",
      click_id: "c1",
      amount: "1",
      "affise:revenue": "99",
      "affise:void": "1",
      "affise:lots": "5",
      currency_x: "y",
    });
  });

  it("counts once for its click and goal when it has no id", () => {
    const settings = { events: { ftd: "deposit" } };
    assert.deepEqual((read("clickid=c1&sum=1", settings) as { external_id: string }).external_id, "c1");
    assert.deepEqual((read("clickid=c1&sum=1&goal=1", settings) as { external_id: string }).external_id, "c1");
    assert.deepEqual((read("clickid=c1&sum=1&goal=FTD", settings) as { external_id: string }).external_id, "c1:FTD");
  });

  it("takes goals, statuses, partners and offers as the settings say", () => {
    assert.deepEqual(read("clickid=c&goal=7"), ["unknown_event_type goal"]);
    assert.equal(
      (read("clickid=c&goal=7", { events: { "7": "registration" } }) as { type: string }).type,
      "registration",
    );
    assert.deepEqual(read("clickid=c&goal=7", { events: { "7": "ignore" } }), ["left_aside goal"]);
    assert.equal((read("clickid=c", { baseEvent: "registration" }) as { type: string }).type, "registration");
    assert.deepEqual(read("clickid=c&status=9"), ["invalid_input status"]);
    assert.deepEqual(read("clickid=c&status=9", { statuses: { "9": "ignore" } }), ["left_aside status"]);
    assert.equal((read("clickid=c&status=1", { statuses: { "1": "void" } }) as { void: string }).void, "1");
    assert.equal((read("clickid=c&pid=5", { partners: { "5": "nina" } }) as { partner: string }).partner, "nina");
    assert.deepEqual(read("clickid=c&offer_id=5", { offers: ["6"] }), ["left_aside offer"]);
    const named = read("clickid=c&u=7&o=8&sum=1", { customerParameter: "u", orderParameter: "o" });
    assert.deepEqual(
      [(named as { customer_id: string }).customer_id, (named as { external_id: string }).external_id],
      ["7", "8"],
    );
  });

  it("makes nothing of a status alone where that would cost or invent an amount", () => {
    assert.equal((read("clickid=c&status=1") as { ifKnown: string }).ifKnown, "keep");
    assert.equal((read("clickid=c&status=1&goal=deposit") as { ifKnown: string }).ifKnown, "require");
    assert.equal((read("clickid=c", {}, { change: true }) as { ifKnown: string }).ifKnown, "require");
    assert.equal((read("clickid=c&status=1&sum=2") as { ifKnown?: string }).ifKnown, undefined);
    assert.equal((read("clickid=c&status=3") as { void: string }).void, "1");
    assert.equal((read("clickid=c&sum=1&fraud=1") as { void: string }).void, "1");
  });

  it("reads a decimal comma only where the platform does", () => {
    assert.equal((read("clickid=c&sum=12,34", {}, { decimalComma: true }) as { amount: string }).amount, "12.34");
    assert.equal((read("clickid=c&sum=1,234", {}, { decimalComma: true }) as { amount: string }).amount, "1,234");
    assert.equal((read("clickid=c&sum=12,34") as { amount: string }).amount, "12,34");
  });

  it("never lets out a secret, never throws, and never names a field by what was sent", () => {
    const pair = fc.tuple(
      fc.oneof(fc.constantFrom("clickid", "sum", "status", "goal", "secure", "Secure", "__proto__"), fc.string()),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 12 }), (sent) => {
        const pairs: readonly Pair[] = [...sent, ["secure", "s3cret-value"]];
        const line = vendorLine(FORM, pairs, SETTINGS);
        assert.ok(!JSON.stringify(line).includes("s3cret-value"));
        if (line.pairs !== undefined) readEventFields(line.pairs);
      }),
    );
  });
});

describe("macros that were not replaced", () => {
  it("are known in the brackets of every platform", () => {
    for (const text of [
      "{transaction_id}", "{{order.id}}", `$${"{SUBID}"}`, "#reqid#", "[click_id]", "%CLICK_ID%", "<click_id>", "__CLICK_ID__",
      "%7Bclickid%7D", "%257Bclickid%257D", "a-{sub1}-b",
    ]) {
      assert.ok(macroIn(text) !== undefined, text);
    } // biome-ignore format: a list of words
  });

  it("are not seen in what may be a value", () => {
    for (const text of [
      "abc",
      "A#1",
      "12.50",
      "50%",
      "a_b",
      "[1]",
      "{}",
      '{"a":1}',
      "x<y",
      "100%_off",
      "order#5",
      "__a__",
    ]) {
      assert.equal(macroIn(text), undefined, text);
    }
  });
});
