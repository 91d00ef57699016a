import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { CounterKey } from "./counter.ts";
import { CapCalendar, capSpan, SINCE_EVER } from "./period.ts";
import { type CountedEvent, type Counters, type EventCap, holdOf, takeEvent } from "./settle.ts";

const cap = (more: Partial<EventCap> = {}): EventCap => ({
  capId: "cap_1",
  offerId: null,
  partnerId: null,
  each: "all",
  metric: "conversions",
  eventType: "registration",
  most: 2n,
  overflow: "stop",
  currency: "EUR",
  ...more,
});

const event = (more: Partial<CountedEvent> = {}): CountedEvent => ({
  eventId: 1n,
  type: "registration",
  firstDeposit: false,
  currency: null,
  measures: {},
  partnerId: "prt_a",
  offerId: "ofr_a",
  dimensions: { sub1: "x" },
  ...more,
});

function counters(): Counters & { readonly all: Map<string, bigint> } {
  const all = new Map<string, bigint>();
  const key = (capId: string, { partnerId, value }: CounterKey) => `${capId}|${partnerId}|${value}`;
  return {
    all,
    used: (capId, counter) => all.get(key(capId, counter)) ?? 0n,
    add: (capId, counter, amount) => all.set(key(capId, counter), (all.get(key(capId, counter)) ?? 0n) + amount),
  };
}

const deposit = (minor: number, more: Partial<CountedEvent> = {}) =>
  event({ type: "deposit", currency: "EUR", measures: { deposit: String(minor) }, ...more });

describe("conversions and amounts against caps", () => {
  for (const [what, given, events, held] of [
    ["a count", cap(), [event(), event(), event()], [null, null, "stop"]],
    [
      "another type does not count",
      cap({ most: 1n }),
      [event({ type: "sale" }), event(), event()],
      [null, null, "stop"],
    ],
    [
      "another offer does not count",
      cap({ most: 1n, offerId: "ofr_a" }),
      [event({ offerId: "ofr_b" }), event(), event()],
      [null, null, "stop"],
    ],
    [
      "each partner by itself",
      cap({ most: 1n, each: "partner" }),
      [event(), event({ partnerId: "prt_b" }), event()],
      [null, null, "stop"],
    ],
    [
      "the same sub ID of two partners",
      cap({ most: 1n, each: "sub1" }),
      [event(), event({ partnerId: "prt_b" }), event()],
      [null, null, "stop"],
    ],
    [
      "first deposits only",
      cap({ most: 1n, eventType: "ftd", overflow: "pend" }),
      [deposit(5, { firstDeposit: true }), deposit(5), deposit(5, { firstDeposit: true })],
      [null, null, "pend"],
    ],
    [
      "an amount: what does not fit is beyond it, what fits later is not",
      cap({ metric: "amount", eventType: "deposit", most: 100n }),
      [deposit(60), deposit(50), deposit(40)],
      [null, "stop", null],
    ],
    [
      "an amount in another currency is not counted",
      cap({ metric: "amount", eventType: "deposit", most: 10n }),
      [deposit(60, { currency: "USD" }), deposit(10)],
      [null, null],
    ],
    [
      "a cap that turns clicks away lets every conversion in",
      cap({ most: 1n, overflow: "fallback" }),
      [event(), event()],
      [null, null],
    ],
  ] as const) {
    test(what, () => {
      const book = counters();
      const found = events.map((one) => holdOf(takeEvent(one, [given], book)));
      assert.deepEqual(found, [...held]);
    });
  }

  test("what one cap refuses takes nothing of another", () => {
    const book = counters();
    const caps = [cap({ capId: "cap_wide", most: 10n }), cap({ capId: "cap_tight", most: 1n, overflow: "pend" })];
    const held = [event(), event(), event()].map((one) => holdOf(takeEvent(one, caps, book)));
    assert.deepEqual(held, [null, "pend", "pend"]);
    assert.deepEqual([...book.all.values()], [1n, 1n]);
  });

  test("no cap of stop or pend is ever exceeded, and none is left open while something fits", () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 40 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 300 }), (list, most) => {
        const book = counters();
        const given = cap({ metric: "amount", eventType: "deposit", most: BigInt(most) });
        let used = 0;
        for (const minor of list) {
          const held = holdOf(takeEvent(deposit(minor), [given], book));
          assert.equal(held === null, used + minor <= most);
          if (held === null) used += minor;
        }
        return used <= most && (book.all.get("cap_1||") ?? 0n) === BigInt(used);
      }),
    );
  });
});

describe("periods of caps", () => {
  for (const [period, at, from, ends] of [
    ["day", "2026-03-28T22:59:59Z", "2026-03-28", "2026-03-28T23:00:00.000Z"],
    ["day", "2026-03-28T23:00:00Z", "2026-03-29", "2026-03-29T22:00:00.000Z"],
    ["week", "2026-03-29T12:00:00Z", "2026-03-23", "2026-03-29T22:00:00.000Z"],
    ["month", "2026-03-31T22:00:00Z", "2026-04-01", "2026-04-30T22:00:00.000Z"],
  ] as const) {
    test(`${period} of ${at} in Madrid`, () => {
      const span = capSpan(period, Date.parse(at), "Europe/Madrid");
      assert.deepEqual([span.from, new Date(span.endsAt).toISOString()], [from, ends]);
    });
  }

  test("the calendar that remembers says the same, in whatever order it is asked", () => {
    const calendar = new CapCalendar();
    const zones = fc.constantFrom("Europe/Madrid", "America/Sao_Paulo", "Asia/Tokyo");
    const instants = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) });
    const periods = fc.constantFrom("day", "week", "month", "total");
    fc.assert(
      fc.property(periods, instants, zones, (period, at, zone) => {
        const span = calendar.spanAt(period, at, zone);
        assert.deepEqual(span, capSpan(period, at, zone));
        return span.beginsAt <= at && at < span.endsAt && (period === "total") === (span.from === SINCE_EVER);
      }),
    );
  });
});
