import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Course, WEEK_CELLS } from "./course.ts";
import { type Known, prepare, type Series, watchCounts } from "./watch.ts";

const WEEKS = 8;
const NOW = WEEKS * WEEK_CELLS;

/** Hour by hour as it is meant; a fortieth of a quarter more or less, so that it is not without any chance. */
function course(rate: (hour: number) => number): Course {
  const counts = Float64Array.from({ length: NOW }, (_, hour) => {
    const wave = 1 + 0.25 * Math.sin(hour * 12.9898) * Math.sin(hour * 78.233);
    return Math.round(rate(hour) * wave);
  });
  return {
    counts,
    cells: Uint8Array.from(counts, (_, hour) => hour % WEEK_CELLS),
    skipped: new Uint8Array(NOW),
    whole: 1,
  };
}

const series = (type: string, rate: (hour: number) => number, offerId: string | null = "a"): Series => ({
  offerId,
  type,
  course: course(rate),
  from: 0,
});

function told(all: readonly Series[], known: readonly Known[] = [], end = NOW): string[] {
  return watchCounts(prepare(all, end - 24, new Map()), known, end, "normal").map(
    (one) => `${one.offerId ?? "all"} ${one.type || "clicks"} ${one.direction}`,
  );
}

const isWeekend = (hour: number) => hour % WEEK_CELLS >= 5 * 24;
const last =
  (hours: number, factor: number, rate = 8) =>
  (hour: number) =>
    hour >= NOW - hours ? rate * factor : rate;

describe("what is told of a partner", () => {
  it("nothing while all is as usual, also at weekends on which nobody works", () => {
    assert.deepEqual(told([series("", () => 8), series("registration", () => 3)]), []);
    assert.deepEqual(told([series("", (hour) => (isWeekend(hour) ? 0 : 8))]), []);
  });

  it("a working day on which nothing comes, unlike a weekend", () => {
    const wednesday = NOW - 4 * 24;
    assert.deepEqual(told([series("", (hour) => (isWeekend(hour) || hour >= wednesday - 12 ? 0 : 8))], [], wednesday), [
      "a clicks drop",
    ]);
  });

  it("a stop within hours, a fall to a half within a hundred events, a surge that lasts", () => {
    assert.deepEqual(told([series("", last(6, 0))]), ["a clicks drop"]);
    assert.deepEqual(told([series("", last(13, 0.4))]), ["a clicks drop"]);
    assert.deepEqual(told([series("", last(6, 3))]), ["a clicks surge"]);
    assert.deepEqual(told([series("", last(2, 3))]), []);
  });

  it("conversions that are lost while clicks go on; but not those that clicks explain", () => {
    const lost = [series("", () => 8), series("registration", last(24, 0, 3))];
    assert.deepEqual(told(lost), ["a registration drop"]);
    const followed = [series("", last(24, 0)), series("registration", last(24, 0, 3))];
    assert.deepEqual(told(followed), ["a clicks drop"]);
  });

  it("what all offers show once, and what one shows of that one", () => {
    const offers = (a: number, b: number) => [
      series("", last(8, a)),
      series("", last(8, b), "b"),
      series("", (hour) => (hour >= NOW - 8 ? 8 * a + 8 * b : 16), null),
    ];
    assert.deepEqual(told(offers(0, 0)), ["all clicks drop"]);
    assert.deepEqual(told(offers(1, 0)), ["b clicks drop"]);
  });

  it("a partner that fades by a few percent a day, of whom no day is unlike the one before", () => {
    const fades = (perDay: number) => (hour: number) =>
      hour < NOW - 35 * 24 ? 8 : 8 * (1 - perDay) ** ((hour - NOW + 35 * 24) / 24);
    assert.deepEqual(told([series("", fades(0.045))]), ["a clicks drop"]);
    assert.deepEqual(told([series("", fades(0.01))]), []);
  });

  it("nothing twice, and nothing before two weeks are known", () => {
    assert.deepEqual(told([series("", last(6, 0))], [{ offerId: "a", type: "" }]), []);
    const young = (hour: number) => (hour < NOW - 10 * 24 || hour >= NOW - 12 ? 0 : 8);
    assert.deepEqual(told([series("", young)]), []);
  });

  it("nothing of hours that are left out", () => {
    const quiet = series("", last(24, 0));
    quiet.course.skipped.fill(1, NOW - 24);
    assert.deepEqual(told([quiet]), []);
  });
});
