/** Cells of a week: Monday 0:00 is 0, Sunday 23:00 is 167, by the program's clock. */
export const WEEK_CELLS = 168;
export const DAY_HOURS = 24;
export const WEEK_HOURS = 168;

/**
 * What happened hour by hour, oldest first. Hour 0 of all courses of a run is the same instant; the last hour may be a part of an hour, and
 * `whole` then says which part.
 */
export interface Course {
  readonly counts: Float64Array;
  /** which cell of the week each hour is (0–167), by the program's clock */
  readonly cells: Uint8Array;
  /** 1: this hour says nothing, e.g. the offer was paused or the hour belongs to a trouble that was told */
  readonly skipped: Uint8Array;
  /** part of an hour that the last one covers, above 0 and at most 1 */
  readonly whole: number;
}

/** Running sums of a course, so that any stretch of hours costs two look-ups: `seen[b] - seen[a]` is what happened in hours a … b−1. */
export interface Sums {
  readonly seen: Float64Array;
  /** of the shape: the level times this is what was to be expected */
  readonly shape: Float64Array;
}

/** Sums of what is not skipped. `shape` is the weekday and hour profile, mean 1 over a week. */
export function sumsOf(course: Course, shape: Float64Array): Sums {
  const { counts, cells, skipped, whole } = course;
  const hours = counts.length;
  const seen = new Float64Array(hours + 1);
  const shapes = new Float64Array(hours + 1);
  for (let hour = 0; hour < hours; hour++) {
    const open = skipped[hour] === 0;
    const part = hour === hours - 1 ? whole : 1;
    seen[hour + 1] = (seen[hour] as number) + (open ? (counts[hour] as number) : 0);
    shapes[hour + 1] = (shapes[hour] as number) + (open ? part * (shape[cells[hour] as number] as number) : 0);
  }
  return { seen, shape: shapes };
}

/** The cell of an instant by a zone's clock, given how far that clock is from UTC. */
export function cellOf(epochHour: number, offsetMinutes: number): number {
  // 1970-01-01 was a Thursday: 72 hours after its week's Monday
  const local = epochHour + Math.floor(offsetMinutes / 60) + 72;
  return ((local % WEEK_CELLS) + WEEK_CELLS) % WEEK_CELLS;
}
