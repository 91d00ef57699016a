import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { dueAfter, type WorkingCalendar, workingBetween } from "./working-time.ts";

const nineToFive = Array.from({ length: 7 }, (_, day) => (day < 5 ? [["09:00", "17:00"] as const] : []));
const madrid: WorkingCalendar = { timeZone: "Europe/Madrid", week: nineToFive, holidays: new Set(["2026-12-25"]) };
/** Works through the night in which the clocks change. */
const nights: WorkingCalendar = {
  timeZone: "Europe/Madrid",
  week: Array.from({ length: 7 }, () => [["00:00", "24:00"] as const]),
  holidays: new Set(),
};
const siesta: WorkingCalendar = {
  timeZone: "America/Bogota",
  week: Array.from({ length: 7 }, (_, day) =>
    day < 5 ? [["08:00", "12:00"] as const, ["14:00", "18:00"] as const] : [],
  ),
  holidays: new Set(),
};

describe("due times in working time", () => {
  const cases = [
    ["within a day", madrid, "2026-03-02T10:00:00Z", { hours: 2 }, "2026-03-02T12:00:00.000Z"],
    ["over the night", madrid, "2026-03-02T15:00:00Z", { hours: 2 }, "2026-03-03T09:00:00.000Z"],
    ["over the weekend", madrid, "2026-03-06T15:00:00Z", { hours: 2 }, "2026-03-09T09:00:00.000Z"],
    [
      "ends with the day, not with the next morning",
      madrid,
      "2026-03-02T15:00:00Z",
      { hours: 1 },
      "2026-03-02T16:00:00.000Z",
    ],
    [
      "begun at night: counts from the morning",
      madrid,
      "2026-03-02T22:00:00Z",
      { hours: 1 },
      "2026-03-03T09:00:00.000Z",
    ],
    ["begun on a Sunday", madrid, "2026-03-08T12:00:00Z", { days: 1 }, "2026-03-10T08:00:00.000Z"],
    [
      "a day is the same time of the next working day",
      madrid,
      "2026-03-06T14:00:00Z",
      { days: 1 },
      "2026-03-09T14:00:00.000Z",
    ],
    ["a holiday is not worked on", madrid, "2026-12-24T10:00:00Z", { days: 1 }, "2026-12-28T10:00:00.000Z"],
    [
      "the wall clock stays when the clocks change between",
      madrid,
      "2026-03-27T14:00:00Z",
      { days: 1 },
      "2026-03-30T13:00:00.000Z",
    ],
    ["the same in autumn", madrid, "2026-10-23T13:00:00Z", { days: 1 }, "2026-10-26T14:00:00.000Z"],
    [
      "an hour that is not there is not worked",
      nights,
      "2026-03-28T23:30:00Z",
      { hours: 2 },
      "2026-03-29T01:30:00.000Z",
    ],
    ["hours over the noon pause", siesta, "2026-03-02T16:00:00Z", { hours: 2 }, "2026-03-02T20:00:00.000Z"],
  ] as const;
  for (const [name, calendar, start, time, due] of cases)
    it(name, () => assert.equal(dueAfter(calendar, new Date(start), time)?.toISOString(), due));

  it("is never due where nobody ever works", () => {
    const never = { ...madrid, week: Array.from({ length: 7 }, () => []) };
    assert.equal(dueAfter(never, new Date("2026-03-02T10:00:00Z"), { hours: 1 }), null);
    assert.equal(dueAfter(never, new Date("2026-03-02T10:00:00Z"), { days: 1 }), null);
  });

  it("counts 23 and 25 hours on the days that have them", () => {
    const day = (from: string, to: string) => workingBetween(nights, new Date(from), new Date(to)) / 3_600_000;
    assert.equal(day("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"), 23);
    assert.equal(day("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"), 25);
  });

  const anyTime = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }).map((at) => new Date(at));
  const anyCalendar = fc.constantFrom(madrid, nights, siesta);

  it("what is due after n hours lies n working hours away", () => {
    fc.assert(
      fc.property(anyCalendar, anyTime, fc.integer({ min: 1, max: 200 }), (calendar, start, hours) => {
        const due = dueAfter(calendar, start, { hours });
        assert.ok(due);
        assert.equal(workingBetween(calendar, start, due), hours * 3_600_000);
      }),
      { numRuns: 60 },
    );
  });

  it("adds up: from one time to a third is to the second and on", () => {
    fc.assert(
      fc.property(anyCalendar, anyTime, anyTime, anyTime, (calendar, ...times) => {
        const [one, two, three] = times.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date, Date];
        const sum = workingBetween(calendar, one, two) + workingBetween(calendar, two, three);
        assert.equal(workingBetween(calendar, one, three), sum);
      }),
      { numRuns: 40 },
    );
  });

  it("whoever begins later is due no earlier, and more time is due later", () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyTime,
        fc.nat(86_400_000),
        fc.integer({ min: 1, max: 30 }),
        (calendar, start, more, days) => {
          const due = dueAfter(calendar, start, { days });
          const later = dueAfter(calendar, new Date(start.getTime() + more), { days });
          const longer = dueAfter(calendar, start, { days: days + 1 });
          assert.ok(due && later && longer && due <= later && due < longer && due > start);
        },
      ),
      { numRuns: 60 },
    );
  });
});
