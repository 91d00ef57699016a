/** Reads the times that sources send. */
export interface EventTime {
  /** milliseconds since 1970 */
  readonly at: number;
  /** no zone was sent: read in the program's */
  readonly assumedZone: boolean;
  /** the calendar day as sent, when it was a day and nothing more */
  readonly day?: string;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?:\s*([Zz])|\s?([+-])(\d\d)(?::?(\d\d))?| (\d\d):(\d\d))?$/;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const QUARTER = 900_000;

/**
 * Reads an ISO 8601 time (`2026-03-01T10:00:00+02:00`, `…Z`, a blank for the T, a day alone) or seconds or milliseconds since 1970.
 * Without a zone the program's is taken; a `+` that became a blank in a query string is read as the `+` it was.
 * @returns undefined when it is none of these, or outside the years 2000 to 2199
 */
export function readTime(text: string, timeZone: string): EventTime | undefined {
  if (/^\d{10}$/.test(text)) return inRange(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return inRange(Number(text));
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zulu, sign] = match;
  const [offsetHour, offsetMinute] = [match[10] ?? match[12], match[11] ?? match[13]];
  const dayOnly = hour === undefined;
  // `2026-03-01 10` has no minutes: that is no zone behind a day.
  if (dayOnly && (zulu !== undefined || offsetHour !== undefined)) return undefined;
  const wall = wallTime(
    Number(year),
    Number(month),
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  if (wall === undefined) return undefined;
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  if (zulu !== undefined) return inRange(wall + milliseconds);
  if (offsetHour !== undefined) {
    const minutes = Number(offsetHour) * 60 + Number(offsetMinute ?? 0);
    if (minutes > 18 * 60) return undefined;
    return inRange(wall + milliseconds - (sign === "-" ? -minutes : minutes) * 60_000);
  }
  const found = inRange(wall + milliseconds - offsetOf(wall, timeZone));
  if (found === undefined) return undefined;
  return dayOnly ? { ...found, assumedZone: true, day: text } : { ...found, assumedZone: true };
}

function inRange(at: number): EventTime | undefined {
  return at >= EARLIEST && at < LATEST ? { at, assumedZone: false } : undefined;
}

/** The wall clock's reading as if it were UTC; undefined when the calendar has no such moment. */
function wallTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(at).getUTCDate() === day ? at : undefined;
}

const offsets = new Map<string, number>();

/**
 * How far a zone's wall clock is ahead of UTC at a wall time, in milliseconds. Kept by the quarter of an hour: zones change at
 * quarters only, and files repeat their hours. A reading that comes twice is the earlier one, one that is skipped moves forward.
 */
function offsetOf(wall: number, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  const quarter = Math.floor(wall / QUARTER);
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size > 200_000) offsets.clear();
  const plain = new Date(quarter * QUARTER).toISOString().slice(0, 19);
  const offset = quarter * QUARTER - Temporal.PlainDateTime.from(plain).toZonedDateTime(timeZone).epochMilliseconds;
  offsets.set(key, offset);
  return offset;
}
