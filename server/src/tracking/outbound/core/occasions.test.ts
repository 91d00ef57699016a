import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccruedCommission, PostbackTarget, SettledEvent } from "../contracts.ts";
import { draftsForCommissions, draftsForEvents } from "./occasions.ts";

const deposit: SettledEvent = {
  eventId: 7n,
  programId: "prg_fx",
  offerId: "ofr_a",
  partnerId: "prt_1",
  type: "deposit",
  firstDeposit: true,
  customerRef: "C-1002003",
  occurredAt: new Date("2026-03-01T10:00:00.900Z"),
  clickId: "k1",
  touch: { sub1: "eu", sub10: "x", partner_click_id: "pc-9", sub2: 5, device: "mobile" },
  amount: { minor: 25_050n, currency: "EUR" },
  country: "ES",
};

function target(change: Partial<PostbackTarget>): PostbackTarget {
  return {
    postbackId: "pbk_1",
    partnerId: "prt_1",
    programId: null,
    offerId: null,
    occasions: ["ftd"],
    filters: {},
    statusWords: {},
    delaySeconds: 0,
    precedence: "overrides",
    ads: null,
    needsClick: false,
    ...change,
  };
}

const MATCHES = [
  // postback, occasions that it hears of a first deposit
  [target({ occasions: ["ftd"] }), ["ftd"]],
  [target({ occasions: ["deposit", "ftd"] }), ["deposit", "ftd"]],
  [target({ occasions: ["registration", "commission"] }), []],
  [target({ partnerId: "prt_2" }), []],
  [target({ programId: "prg_fx" }), ["ftd"]],
  [target({ programId: "prg_casino" }), []],
  [target({ offerId: "ofr_a" }), ["ftd"]],
  [target({ offerId: "ofr_b" }), []],
] as const;

test("a postback hears what it listens to, of its partner, program and offer", () => {
  for (const [postback, occasions] of MATCHES) {
    assert.deepEqual(
      draftsForEvents([deposit], [postback]).map((draft) => draft.occasion),
      occasions,
    );
  }
});

test("a second deposit is no first-time deposit", () => {
  assert.deepEqual(draftsForEvents([{ ...deposit, firstDeposit: false }], [target({})]), []);
});

test("the values are the event's own, texts only, the customer masked", () => {
  const [draft] = draftsForEvents([deposit], [target({})]);
  assert.equal(draft?.dedupeKey, "pbk_1:ftd:7");
  assert.deepEqual(
    Object.entries(draft?.values ?? {}).filter(([, value]) => value !== ""),
    Object.entries({
      sub1: "eu",
      sub10: "x",
      partner_click_id: "pc-9",
      click_id: "k1",
      event: "ftd",
      amount: "250.50",
      currency: "EUR",
      event_id: "evt_000000007",
      customer_id: "***2003",
      offer: "ofr_a",
      program: "prg_fx",
      country: "ES",
      timestamp: "1772359200",
      occurred_at: "2026-03-01T10:00:00Z",
      status: "approved",
    }),
  );
});

test("amounts keep their currency's decimal places", () => {
  const amounts = [
    [{ minor: 5n, currency: "EUR" }, "0.05"],
    [{ minor: 1500n, currency: "JPY" }, "1500"],
    [{ minor: 1500n, currency: "KWD" }, "1.500"],
  ] as const;
  for (const [amount, text] of amounts) {
    assert.equal(draftsForEvents([{ ...deposit, amount }], [target({})])[0]?.values.amount, text);
  }
});

const booked: AccruedCommission = {
  lineId: 31n,
  programId: "prg_fx",
  offerId: null,
  partnerId: "prt_1",
  eventId: null,
  customerRef: "C-1002003",
  occurredAt: new Date("2026-03-02T00:00:00Z"),
  clickId: null,
  touch: {},
  commission: { minor: -4000n, currency: "EUR" },
  state: "reversed",
};

test("a commission is told with its sign, each booked line once", () => {
  const [draft] = draftsForCommissions([booked], [target({ occasions: ["commission"] })]);
  assert.equal(draft?.dedupeKey, "pbk_1:commission:31");
  assert.equal(draft?.values.commission, "-40.00");
  assert.equal(draft?.values.amount, "");
  assert.deepEqual([draft?.values.status, draft?.values.commission_state], ["rejected", "reversed"]);
});

const FILTERS = [
  // what is asked, does the first deposit of 250.50 EUR from Spain with sub1=eu pass
  [{ offerIds: ["ofr_a", "ofr_b"] }, true],
  [{ offerIds: ["ofr_b"] }, false],
  [{ countries: ["ES", "PT"] }, true],
  [{ countries: ["DE"] }, false],
  [{ subs: { sub1: ["eu", "us"] } }, true],
  [{ subs: { sub1: ["eu"], sub3: ["x"] } }, false],
  [{ minAmount: { minor: "25050", currency: "EUR" } }, true],
  [{ minAmount: { minor: "25051", currency: "EUR" } }, false],
  [{ minAmount: { minor: "99999", currency: "USD" } }, true],
  [{ commissionStates: ["released"] }, true],
] as const;

test("filters ask what they say and nothing else", () => {
  for (const [filters, passes] of FILTERS) {
    const drafts = draftsForEvents([deposit], [target({ filters: filters as unknown as PostbackTarget["filters"] })]);
    assert.equal(drafts.length === 1, passes, JSON.stringify(filters));
  }
  const nowhere = draftsForEvents([{ ...deposit, country: null }], [target({ filters: { countries: ["ES"] } })]);
  assert.deepEqual(nowhere, [], "an unknown country is none of the list");
});

test("a commission passes by its state: released only where it was asked for, small ones by their size", () => {
  const told = (filters: PostbackTarget["filters"], line: Partial<AccruedCommission>) =>
    draftsForCommissions([{ ...booked, ...line }], [target({ occasions: ["commission"], filters })]).map(
      (draft) => draft.dedupeKey,
    );
  assert.deepEqual(told({}, { state: "held" }), ["pbk_1:commission:31"]);
  assert.deepEqual(told({}, { state: "released" }), []);
  assert.deepEqual(told({ commissionStates: ["released"] }, { state: "released" }), ["pbk_1:commission:31:released"]);
  assert.deepEqual(told({ commissionStates: ["accrued"] }, { state: "reversed" }), []);
  assert.deepEqual(told({ minAmount: { minor: "4000", currency: "EUR" } }, {}), ["pbk_1:commission:31"]);
});

test("once per customer is a key without the event in it", () => {
  const [first, second] = [7n, 8n].map(
    (eventId) => draftsForEvents([{ ...deposit, eventId }], [target({ filters: { firstPerCustomer: true } })])[0],
  );
  assert.equal(first?.dedupeKey, second?.dedupeKey);
});

test("a postback for the offer overrides those for all offers, or is called beside them", () => {
  const global = target({ postbackId: "pbk_all" });
  const ids = (local: Partial<PostbackTarget>) =>
    draftsForEvents([deposit], [global, target({ postbackId: "pbk_a", offerId: "ofr_a", ...local })]).map(
      (draft) => draft.postbackId,
    );
  assert.deepEqual(ids({}), ["pbk_a"]);
  assert.deepEqual(ids({ precedence: "adds" }), ["pbk_all", "pbk_a"]);
  assert.deepEqual(ids({ offerId: "ofr_b" }), ["pbk_all"], "of another offer");
  assert.deepEqual(ids({ occasions: ["registration"] }), ["pbk_all"], "it does not listen to this itself");
  assert.deepEqual(ids({ filters: { countries: ["DE"] } }), [], "it overrides, and its own filter says no");
});

test("words of the receiver stand in {status}", () => {
  const words = { accrued: "1", held: "5", reversed: "3", ftd: "lead" };
  const event = draftsForEvents([deposit], [target({ statusWords: words })])[0];
  const line = draftsForCommissions([booked], [target({ occasions: ["commission"], statusWords: words })])[0];
  assert.deepEqual([event?.values.status, line?.values.status], ["lead", "3"]);
});
