import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EVENT_PARAMETERS, plainName, readEventFields } from "./event-fields.ts";
import { readTime } from "./event-time.ts";
import { flattenEvent } from "./json-event.ts";
import { FUTURE_TOLERANCE_MS, type ParseContext, parseEvent, toStored } from "./parse-event.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
const context: ParseContext = {
  timeZone: "Europe/Madrid",
  currency: "EUR",
  customEvents: [
    { type: "level_up", amount: "none" },
    { type: "tip", amount: "required" },
    { type: "swing", amount: "optional", negative: true },
  ],
  now: NOW,
  knowsClick: (id) => id.toLowerCase() === "ours",
};

const parse = (query: string) => parseEvent(readEventFields([...new URLSearchParams(query)]), context);
const problemsOf = (query: string) => (parse(query).problems ?? []).map((p) => `${p.code}:${p.field}`);
const eventOf = (query: string) => {
  const { event, problems } = parse(query);
  assert.ok(event, JSON.stringify(problems));
  return event;
};

const BASE = "customer_id=c1&external_id=x1&occurred_at=2026-03-01T10:00:00Z";

test("each built-in type and what it counts", () => {
  for (const [query, type, measures, quantities] of [
    ["type=registration", "registration", {}, {}],
    ["type=kyc_passed", "kyc_passed", {}, {}],
    ["type=deposit&amount=100.50", "deposit", { deposit: 10050n }, {}],
    ["type=withdrawal&amount=7", "withdrawal", { withdrawal: 700n }, {}],
    [
      "type=trade&lots=0.10&notional=10000&spread=1.2&commission=-0.5",
      "trade",
      { notional: 1_000_000n, spread: 120n, commission: -50n },
      { lots: "0.10" },
    ],
    ["type=trade&lots=2", "trade", {}, { lots: "2" }],
    ["type=activity&ggr=-12.5&ngr=-13", "activity", { ggr: -1250n, ngr: -1300n }, {}],
    [
      "type=activity&ggr=100&bonus=10&fees=5&taxes=20",
      "activity",
      { ggr: 10_000n, bonus: 1000n, fees: 500n, taxes: 2000n, ngr: 6500n },
      {},
    ],
    ["type=sale&amount=0", "sale", { sale: 0n }, {}],
    ["type=sale&amount=121&tax=21&monthly_price=10", "sale", { sale: 12_100n, tax: 2_100n, monthly_price: 1_000n }, {}],
    [
      "type=trade&qty_lots=1.5&seconds=180&points=-4&amount_swap=-1.25&qty_shares=3",
      "trade",
      { swap: -125n },
      { lots: "1.5", seconds: "180", points: "-4", shares: "3" },
    ],
    ["type=activity&turnover=500&bets=12", "activity", { turnover: 50_000n }, { bets: "12" }],
    ["type=refund&amount=3.00", "refund", { refund: 300n }, {}],
    ["type=chargeback&amount=3", "chargeback", { chargeback: 300n }, {}],
    ["type=level_up&amount=9", "level_up", {}, {}],
    ["type=tip&amount=9", "tip", { tip: 900n }, {}],
    ["type=swing&amount=-9", "swing", { swing: -900n }, {}],
    ["type=swing", "swing", {}, {}],
    ["event=FTD&sum=1", "deposit", { deposit: 100n }, {}],
  ] as const) {
    const event = eventOf(`${BASE}&${query}`);
    assert.equal(event.type, type, query);
    assert.deepEqual(event.measures, measures, query);
    assert.deepEqual(event.quantities, quantities, query);
    assert.equal(event.currency, Object.keys(measures).length > 0 ? "EUR" : undefined, query);
  }
});

test("other trackers' names mean the same", () => {
  const event = eventOf(
    "goal=sale&order_id=77&uid=c9&sum=12.34&Currency=USD&clickid=OURS&promo_code=spring&aff_id=p1&dim_brand=b&Symbol=EURUSD&foo=bar",
  );
  assert.deepEqual(JSON.parse(JSON.stringify(toStored(3, event))), {
    line: 3,
    type: "sale",
    externalId: "77",
    customerRef: "c9",
    at: NOW,
    timeGiven: false,
    currency: "USD",
    measures: { sale: "1234" },
    dimensions: { brand: "b", symbol: "EURUSD" },
    clickId: "ours",
    code: "SPRING",
    partnerHint: "p1",
    other: { foo: "bar" },
    notes: ["time_assumed"],
  });
});

test("numbers and flags that plans look at are read from JSON as from a query", () => {
  const { pairs, problems } = flattenEvent({
    type: "trade",
    externalId: "T1",
    customerId: "c1",
    quantities: { lots: "0.10", seconds: 30, own: "7" },
    measures: { spread: "1.20", swap: { minor: "-5", currency: "EUR" } },
    partial_close: true,
    symbol: "XAUUSD",
  });
  assert.deepEqual(problems, []);
  const { event } = parseEvent(readEventFields(pairs), context);
  assert.deepEqual(event?.quantities, { lots: "0.10", seconds: "30", own: "7" });
  assert.deepEqual(event?.measures, { spread: 120n, swap: -5n });
  assert.deepEqual(event?.dimensions, { partial_close: "true", symbol: "XAUUSD" });
  assert.deepEqual(problemsOf(`${BASE}&type=trade&lots=1&seconds=12,5`), ["invalid_amount:seconds"]);
});

test("no name stands for two fields", () => {
  const names = Object.values(EVENT_PARAMETERS).flatMap((list) => list.map(plainName));
  assert.equal(new Set(names).size, names.length);
});

test("amounts that are none, too fine, negative or zero are refused with the way out", () => {
  for (const [amount, hint] of [
    ["12,34", /write 12\.34/],
    ["1e3", /without an exponent/],
    ["1,234.50", /write 1234\.50/],
    ["1.234,50", /write 1234\.50/],
    ["€12", /the number alone/],
    ["12 EUR", /the number alone/],
    ["abc", /digits with a point/],
    [".5", /digits with a point/],
    ["12.345", /2 decimal places/],
    ["-5", /refund/],
    ["0", /leave out/],
    ["0.00", /leave out/],
    ["99999999999999999999", /not in cents/],
    ["NaN", /./],
    ["0x10", /./],
    ["١٢", /./],
  ] as const) {
    const { problems } = parse(`${BASE}&type=deposit&amount=${encodeURIComponent(amount)}`);
    assert.equal(problems?.length, 1, amount);
    assert.equal(problems?.[0]?.code, "invalid_amount", amount);
    assert.equal(problems?.[0]?.field, "amount");
    assert.equal(problems?.[0]?.value, amount);
    assert.match(problems?.[0]?.hint ?? "", hint, amount);
  }
  assert.deepEqual(eventOf(`${BASE}&type=deposit&amount=100&currency=JPY`).measures, { deposit: 100n });
  assert.deepEqual(problemsOf(`${BASE}&type=deposit&amount=100.5&currency=JPY`), ["invalid_amount:amount"]);
  assert.deepEqual(eventOf(`${BASE}&type=deposit&amount=1.234&currency=KWD`).measures, { deposit: 1234n });
});

test("what is missing or not known is named, all at once", () => {
  assert.deepEqual(problemsOf(""), ["missing_field:type", "missing_field:customer_id"]);
  assert.deepEqual(problemsOf("type=deposit&customer_id=c"), ["missing_field:amount", "missing_field:external_id"]);
  assert.deepEqual(problemsOf(`${BASE}&type=nonsense`), ["unknown_event_type:type"]);
  assert.deepEqual(problemsOf(`${BASE}&type=constructor`), ["unknown_event_type:type"]);
  assert.deepEqual(problemsOf(`${BASE}&type=trade`), ["missing_field:lots"]);
  assert.deepEqual(problemsOf(`${BASE}&type=tip`), ["missing_field:amount"]);
  assert.deepEqual(problemsOf(`${BASE}&type=deposit&amount=1&currency=XXX`), ["unknown_currency:currency"]);
  const lower = parse(`${BASE}&type=deposit&amount=1&currency=eur`);
  assert.equal(lower.problems?.[0]?.hint, "write EUR");
  assert.deepEqual(problemsOf(`type=registration&customer_id=${"x".repeat(201)}`), ["invalid_input:customer_id"]);
  assert.deepEqual(problemsOf("type=registration&customer_id=a%00b"), ["invalid_input:customer_id"]);
  assert.deepEqual(problemsOf(`${BASE}&type=sale&amount=1&void=perhaps`), ["invalid_input:void"]);
});

test("a parameter sent twice: equal is one, different is refused, the canonical name wins over others", () => {
  assert.equal(eventOf("type=registration&customer_id=c&customer_id=c").customerRef, "c");
  assert.deepEqual(problemsOf("type=registration&customer_id=c&customer_id=d"), ["duplicate_parameter:customer_id"]);
  assert.deepEqual(problemsOf("type=registration&customer_id=c&uid=d&id=1&order_id=2"), [
    "duplicate_parameter:order_id",
  ]);
  const event = eventOf("type=registration&uid=d&customer_id=c");
  assert.equal(event.customerRef, "c");
  assert.deepEqual({ ...event.other }, { customerId: "d" });
});

test("ids that can be made are made, and said", () => {
  assert.equal(eventOf("type=registration&customer_id=c").externalId, "c");
  const activity = eventOf("type=activity&customer_id=c&ggr=1&ngr=1&product=slots&day=2026-03-01");
  assert.equal(activity.externalId, "c|slots|2026-03-01");
  assert.equal(activity.occurredAt.toISOString(), "2026-02-28T23:00:00.000Z");
  assert.deepEqual(activity.notes, ["zone_assumed", "currency_assumed", "external_id_assumed"]);
  assert.equal(
    eventOf("type=activity&customer_id=c&ggr=1&ngr=1&time=2026-02-28T23:30:00Z").externalId,
    "c||2026-03-01",
  );
});

test("a click id that is not ours does not cost the event", () => {
  const event = eventOf(`${BASE}&type=registration&click_id={click_id}`);
  assert.equal(event.clickId, undefined);
  assert.equal(event.badClickId, "{click_id}");
  assert.deepEqual(event.notes, ["click_id_unknown"]);
});

test("a void needs no amount", () => {
  const event = eventOf(`${BASE}&type=deposit&void=1`);
  assert.equal(event.void, true);
  assert.deepEqual(event.measures, {});
});

test("clocks that run ahead a little are put up with, others are not", () => {
  const at = (ms: number) => new Date(NOW + ms).toISOString();
  assert.deepEqual(eventOf(`type=registration&customer_id=c&time=${at(FUTURE_TOLERANCE_MS)}`).notes, [
    "clock_skew",
    "external_id_assumed",
  ]);
  assert.deepEqual(problemsOf(`type=registration&customer_id=c&time=${at(FUTURE_TOLERANCE_MS + 1)}`), [
    "time_in_future:occurred_at",
  ]);
});

test("times as sources write them", () => {
  for (const [text, iso] of [
    ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00.000Z"],
    ["2026-03-01t10:00:00z", "2026-03-01T10:00:00.000Z"],
    ["2026-03-01 10:00:00 Z", "2026-03-01T10:00:00.000Z"],
    ["2026-03-01T10:00:00.1239999Z", "2026-03-01T10:00:00.123Z"],
    ["2026-03-01T10:00:00,5+02:00", "2026-03-01T08:00:00.500Z"],
    ["2026-03-01T10:00:00+0530", "2026-03-01T04:30:00.000Z"],
    ["2026-03-01T10:00:00-05", "2026-03-01T15:00:00.000Z"],
    ["2026-03-01T10:00:00 02:00", "2026-03-01T08:00:00.000Z"],
    ["2026-03-01T10:00Z", "2026-03-01T10:00:00.000Z"],
    ["1772359200", "2026-03-01T10:00:00.000Z"],
    ["1772359200123", "2026-03-01T10:00:00.123Z"],
    ["2026-03-01T10:00:00", "2026-03-01T09:00:00.000Z"],
    ["2026-07-01 10:00", "2026-07-01T08:00:00.000Z"],
    ["2026-03-01", "2026-02-28T23:00:00.000Z"],
    ["2026-03-29T02:30:00", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T02:30:00", "2026-10-25T00:30:00.000Z"],
    ["2028-02-29", "2028-02-28T23:00:00.000Z"],
  ] as const) {
    const time = readTime(text, "Europe/Madrid");
    assert.equal(time === undefined ? undefined : new Date(time.at).toISOString(), iso, text);
  }
  for (const text of [
    "",
    "yesterday",
    "01/03/2026",
    "2026-02-30",
    "2026-13-01",
    "2026-03-01T24:00:00Z",
    "2026-03-01T10:60Z",
    "2026-03-01 10",
    "1999-12-31T23:59:59Z",
    "0",
    "17",
    "2026-03-01T10:00:00+19:00",
    "2026-03-01T10:0002",
    "20260301",
  ])
    assert.equal(readTime(text, "Europe/Madrid"), undefined, text);
});

test("every moment is read back, in any zone's writing", () => {
  const zones = ["Europe/Madrid", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2099, 0, 1) }),
      fc.constantFrom(...zones),
      (at, zone) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        assert.equal(readTime(zoned.toString({ timeZoneName: "never" }), "UTC")?.at, at);
        const plain = zoned.toPlainDateTime();
        const expected = plain.toZonedDateTime(zone).epochMilliseconds;
        assert.equal(readTime(plain.toString(), zone)?.at, expected);
      },
    ),
    { numRuns: 500 },
  );
});

test("nothing that can be sent makes it fail otherwise than by naming the field", () => {
  const names = Object.values(EVENT_PARAMETERS).flat();
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.oneof(fc.constantFrom(...names, "dim_x", "__proto__"), fc.string()), fc.string({ unit: "binary" })),
      ),
      (pairs) => {
        const { event, problems } = parseEvent(readEventFields(pairs), context);
        assert.ok(event !== undefined || problems.length > 0);
        for (const problem of problems ?? [])
          assert.ok(problem.field !== "" && problem.message !== "" && problem.hint !== "");
        if (event !== undefined) assert.ok(JSON.stringify(toStored(0, event)).isWellFormed());
      },
    ),
    { numRuns: 2000 },
  );
});
