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
};

function target(change: Partial<PostbackTarget>): PostbackTarget {
  return { postbackId: "pbk_1", partnerId: "prt_1", programId: null, offerId: null, occasions: ["ftd"], ...change };
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
      timestamp: "1772359200",
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

test("a commission is told with its sign, each booked line once", () => {
  const line: AccruedCommission = {
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
  };
  const [draft] = draftsForCommissions([line], [target({ occasions: ["commission"] })]);
  assert.equal(draft?.dedupeKey, "pbk_1:commission:31");
  assert.equal(draft?.values.commission, "-40.00");
  assert.equal(draft?.values.amount, "");
});
