import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { prepareTargeting, type Visit } from "./targeting.ts";
import { ZoneClock } from "./zone-clock.ts";

const visit = (more: Partial<Visit> = {}): Visit => ({
  country: "ES",
  device: "mobile",
  os: "iOS",
  browser: "Safari",
  language: "es-MX",
  source: "Blog",
  wallTime: () => ({ weekday: 1, minute: 600 }),
  ...more,
});

describe("who may come", () => {
  for (const [what, targeting, who, failed] of [
    ["nothing is asked", {}, {}, undefined],
    ["a country that is named", { country: { is: ["ES", "PT"] } }, {}, undefined],
    ["a country that is not named", { country: { is: ["PT"] } }, {}, "country"],
    [
      "a country that nobody knows, where some are named",
      { country: { is: ["PT"] } },
      { country: undefined },
      "country",
    ],
    [
      "a country that nobody knows, where some are kept out",
      { country: { isNot: ["PT"] } },
      { country: undefined },
      undefined,
    ],
    ["a country that is kept out", { country: { isNot: ["ES"] } }, {}, "country"],
    ["a device", { device: { is: ["desktop"] } }, {}, "device"],
    ["a system in other letters", { os: { is: ["ios"] } }, {}, undefined],
    ["a browser that is kept out", { browser: { isNot: ["safari"] } }, {}, "browser"],
    ["every Spanish", { language: { is: ["es"] } }, {}, undefined],
    ["one Spanish only", { language: { is: ["es-ES"] } }, {}, "language"],
    ["every Spanish kept out", { language: { isNot: ["ES"] } }, {}, "language"],
    ["a source", { source: { is: ["blog"] } }, {}, undefined],
    ["no source where one is wanted", { source: { is: ["blog"] } }, { source: undefined }, "source"],
    ["the first of two that fail", { device: { is: ["tv"] }, country: { is: ["PT"] } }, {}, "country"],
    ["open hours", { schedule: [{ days: [1], from: "09:00", to: "10:01" }] }, {}, undefined],
    ["closed hours: the end is not in", { schedule: [{ days: [1], from: "09:00", to: "10:00" }] }, {}, "schedule"],
    ["another day", { schedule: [{ days: [2], from: "00:00", to: "24:00" }] }, {}, "schedule"],
    ["the night that began on Sunday", { schedule: [{ days: [7], from: "22:00", to: "10:30" }] }, {}, undefined],
    [
      "a night that begins on Monday has not begun",
      { schedule: [{ days: [1], from: "22:00", to: "10:30" }] },
      {},
      "schedule",
    ],
  ] as const) {
    test(what, () => assert.equal(prepareTargeting(targeting)?.(visit(who)), failed));
  }

  test("whatever is stored in its place, nobody is turned away by what cannot be read", () => {
    for (const odd of [null, undefined, 7, "es", []]) assert.equal(prepareTargeting(odd), undefined);
  });
});

describe("the wall clock of a zone", () => {
  const zones = ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"];

  test("is the calendar's at any instant, also where the clocks change", () => {
    const clock = new ZoneClock();
    const instants = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
        const { dayOfWeek, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        assert.deepEqual(clock.wallTime(at, zone), { weekday: dayOfWeek, minute: hour * 60 + minute });
      }),
      { numRuns: 2_000 },
    );
  });

  test("an hour that does not exist is never open, one that comes twice is open twice", () => {
    const clock = new ZoneClock();
    const open = prepareTargeting({ schedule: [{ days: [7], from: "02:00", to: "03:00" }] });
    const minutesOpen = (day: string) => {
      const start = Date.parse(`${day}T00:00:00Z`) - 3 * 3_600_000;
      let count = 0;
      for (let minute = 0; minute < 30 * 60; minute += 1) {
        const at = start + minute * 60_000;
        if (open?.(visit({ wallTime: () => clock.wallTime(at, "Europe/Madrid") })) === undefined) count += 1;
      }
      return count;
    };
    assert.deepEqual(["2026-03-22", "2026-03-29", "2026-10-25"].map(minutesOpen), [60, 0, 120]);
  });
});
