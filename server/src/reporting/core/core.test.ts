import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { StoredCall } from "../../tracking/index.ts";
import { timesOf, weekOf } from "./calendar.ts";
import { callParameters } from "./call-parameters.ts";
import { dayCutter, dayNumber } from "./days.ts";
import { filtersOf } from "./dimensions.ts";
import { daysBetween, previousFrom } from "./funnel.ts";
import { addSums, figuresOf, METRICS, sortExpression } from "./metrics.ts";
import { RowBinary } from "./row-binary.ts";
import { scopeCondition, withinScope } from "./scope.ts";

describe("the scope of a question", () => {
  it("says nothing for everything, and false for nothing", () => {
    assert.equal(scopeCondition({ everything: true }).condition, "true");
    assert.equal(scopeCondition({ everything: false, partnerIds: [], programIds: [] }).condition, "false");
  });

  it("is a partner's or a program's, bound as parameters", () => {
    const { condition, params } = scopeCondition({ everything: false, partnerIds: ["prt_'"], programIds: ["prg_1"] });
    assert.equal(
      condition,
      "(partner_id in {scope_partners:Array(String)} or program_id in {scope_programs:Array(String)})",
    );
    assert.deepEqual(params, { scope_partners: ["prt_'"], scope_programs: ["prg_1"] });
  });

  it("has to be marked for every table that is read", () => {
    assert.equal(withinScope("select 1 from clicks where {{scope}}", "x"), "select 1 from clicks where x");
    assert.throws(() => withinScope("select 1 from clicks", "x"));
    assert.throws(() =>
      withinScope("select 1 from clicks where {{scope}} union all select 1 from customers final", "x"),
    );
    assert.throws(() => withinScope("select 1", "x"));
  });
});

describe("days", () => {
  it("are cut in the zone, over changes of the clock and quarters of an hour", () => {
    const cut = dayCutter();
    const day = (at: string, zone: string) =>
      new Date(cut(Date.parse(at), zone) * 86_400_000).toISOString().slice(0, 10);
    assert.equal(day("2026-03-28T22:59:59Z", "Europe/Berlin"), "2026-03-28");
    assert.equal(day("2026-03-28T23:00:00Z", "Europe/Berlin"), "2026-03-29");
    assert.equal(day("2026-03-29T21:59:59Z", "Europe/Berlin"), "2026-03-29");
    assert.equal(day("2026-03-29T22:00:00Z", "Europe/Berlin"), "2026-03-30");
    assert.equal(day("2026-01-01T18:14:59Z", "Asia/Kathmandu"), "2026-01-01");
    assert.equal(day("2026-01-01T18:15:00Z", "Asia/Kathmandu"), "2026-01-02");
    assert.equal(dayNumber("1970-01-02"), 1);
  });

  it("make ranges and the ranges before them", () => {
    assert.equal(daysBetween("2026-03-01", "2026-04-01"), 31);
    assert.equal(previousFrom("2026-03-01", "2026-03-08"), "2026-02-22");
    assert.equal(weekOf("2026-03-01"), "2026-02-23");
    assert.deepEqual(timesOf("month", "2026-01-31", "2026-03-02"), ["2026-01-01", "2026-02-01", "2026-03-01"]);
    assert.equal(timesOf("hour", "2026-03-01", "2026-03-03").length, 48);
  });
});

describe("figures", () => {
  const none = {
    impressions: 0,
    clicks: 0,
    uncounted: 0,
    registrations: 0,
    kyc: 0,
    ftds: 0,
    secondDeposits: 0,
    ftdMinor: new Map(),
  };

  it("are added up without mixing currencies", () => {
    const sum = addSums([
      { ...none, clicks: 2, ftdMinor: new Map([["USD", 5n]]) },
      {
        ...none,
        clicks: 3,
        ftds: 1,
        ftdMinor: new Map([
          ["EUR", 7n],
          ["USD", 1n],
        ]),
      },
    ]);
    assert.deepEqual(figuresOf(sum).ftdAmounts, [
      { minor: "7", currency: "EUR" },
      { minor: "6", currency: "USD" },
    ]);
    assert.equal(figuresOf(sum).clickToFtd, 0.2);
    assert.equal(figuresOf(sum).ftdToSecondDeposit, 0);
    assert.equal(figuresOf(sum).registrationToKyc, null);
  });

  it("are all defined", () => {
    const figures = Object.keys(figuresOf(none)).sort();
    assert.deepEqual(METRICS.map((metric) => metric.name).sort(), figures);
    assert.equal(sortExpression("clickToFtd"), "ftds / nullIf(clicks, 0)");
  });
});

describe("filters", () => {
  it("come from ids and from texts", () => {
    assert.deepEqual(
      [...filtersOf({ partnerId: ["prt_1"], sub1: [""], country: undefined, offerId: [], top: 3 })],
      [
        ["partner", ["prt_1"]],
        ["sub1", [""]],
      ],
    );
  });
});

describe("parameters of a call", () => {
  it("are what was sent and what was read, each under one name", () => {
    const call: StoredCall = {
      v: 1,
      door: "postback",
      raw: "Goal=reg&cid=abc&goal=again&empty=",
      ua: "curl",
      events: [],
    };
    const line = {
      line: 0,
      type: "registration",
      externalId: "x1",
      customerRef: "anna",
      at: 0,
      measures: { deposit: "5" },
      dimensions: { brand: "A" },
    };
    assert.deepEqual(Object.fromEntries(callParameters(call, line, "192.0.2.0/24")), {
      goal: "reg",
      cid: "abc",
      type: "registration",
      external_id: "x1",
      customer: "anna",
      deposit: "5",
      brand: "A",
      ip: "192.0.2.0/24",
      user_agent: "curl",
    });
  });

  it("name the field that was refused", () => {
    const refused = { code: "invalid_amount", detail: "", field: "amount", value: "12,34" };
    const call: StoredCall = { v: 1, door: "api", events: [{ line: 0, refused }] };
    assert.deepEqual(callParameters(call, call.events[0], undefined), [["amount", "12,34"]]);
  });
});

describe("rows in RowBinary", () => {
  it("grow beyond their first buffer and keep long texts whole", () => {
    const rows = new RowBinary(8);
    const long = "ü".repeat(5_000);
    rows.text(long);
    rows.uint64(18_446_744_073_709_551_615n);
    rows.milliseconds(1_767_225_600_123);
    rows.int128(-1n);
    const bytes = rows.bytes();
    assert.equal(bytes[0], (10_000 % 128) | 128);
    assert.equal(bytes[1], Math.floor(10_000 / 128));
    assert.equal(bytes.subarray(2, 10_002).toString("utf8"), long);
    assert.equal(bytes.readBigUInt64LE(10_002), 18_446_744_073_709_551_615n);
    assert.equal(Number(bytes.readBigInt64LE(10_010)), 1_767_225_600_123);
    assert.ok(bytes.subarray(10_018, 10_034).every((byte) => byte === 255));
  });
});
