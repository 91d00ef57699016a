export type DayOrder = "dmy" | "mdy";

/** What a column of dates says about the order of day and month. `unsure`: no day beyond 12; `mixed`: both orders occur. */
export type OrderFinding = DayOrder | "none" | "unsure" | "mixed";

const NUMERIC = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?=$|[ T,])/;

/** Looks at the dates of a column: `25/12/2024` says day first, `12/25/2024` month first, `01/02/2024` says nothing. */
export function findDayOrder(samples: readonly string[]): OrderFinding {
  let day = false;
  let month = false;
  let seen = false;
  for (const sample of samples) {
    const found = NUMERIC.exec(sample.trim());
    if (found === null) continue;
    const [first, second] = [Number(found[1]), Number(found[2])];
    if (first > 12 && second <= 12) day = true;
    else if (second > 12 && first <= 12) month = true;
    else if (first !== second) seen = true;
  }
  if (day && month) return "mixed";
  if (day) return "dmy";
  if (month) return "mdy";
  return seen ? "unsure" : "none";
}

const MONTHS = new Map(
  Object.entries({
    1: "jan january ene enero januar janvier",
    2: "feb february febrero februar février",
    3: "mar march marzo märz mars",
    4: "apr april abr abril avril",
    5: "may mayo mai",
    6: "jun june junio juni juin",
    7: "jul july julio juli juillet",
    8: "aug august ago agosto août",
    9: "sep sept september septiembre septembre",
    10: "oct october octubre okt oktober octobre",
    11: "nov november noviembre novembre",
    12: "dec december dic diciembre dez dezember décembre",
  }).flatMap(([number, names]) => names.split(" ").map((name) => [name, Number(number)] as const)),
);
const CLOCK =
  /^[ T,]*(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

/**
 * A date or time in the words of exports, as ISO 8601 without or with its zone; undefined when it is none. ISO times and times since
 * 1970 are handed on as they are: the reader of events knows them.
 * `3/4/2024 5:06 PM` with `mdy` is `2024-03-04T17:06:00`.
 */
export function readDate(given: string, order: DayOrder | null): string | undefined {
  const text = given.trim();
  if (/^\d{9,10}$/.test(text)) return text.padStart(10, "0");
  if (/^\d{13}$/.test(text)) return text;
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text);
  if (iso !== null) return withClock(Number(iso[1]), Number(iso[2]), Number(iso[3]), text.slice(iso[0].length), text);
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const [first, second] = [Number(numeric[1]), Number(numeric[2])];
    const dayFirst = first > 12 || (second <= 12 && order !== "mdy");
    if (first <= 12 && second <= 12 && first !== second && order === null) return undefined;
    const [day, month] = dayFirst ? [first, second] : [second, first];
    return withClock(fullYear(numeric[3] ?? ""), month, day, text.slice(numeric[0].length), text);
  }
  return withMonthName(text);
}

function withMonthName(text: string): string | undefined {
  const bare = text.replace(/^\p{L}{2,9}\.?,\s+(?=\d|\p{L})/u, "");
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-](?:de )?(\p{L}+)\.?,?[\s-](?:de )?(\d{4}|\d{2})/u.exec(bare);
  const monthFirst = /^(\p{L}+)\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})/u.exec(bare);
  const found = dayFirst ?? monthFirst;
  if (found === null) return undefined;
  const [name, day] = dayFirst === null ? [found[1], found[2]] : [found[2], found[1]];
  const month = MONTHS.get((name ?? "").toLowerCase());
  return month === undefined
    ? undefined
    : withClock(fullYear(found[3] ?? ""), month, Number(day), bare.slice(found[0].length), bare);
}

function withClock(year: number, month: number, day: number, rest: string, whole: string): string | undefined {
  if (!exists(year, month, day)) return undefined;
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  if (rest.trim() === "") return date;
  // An ISO time may have what the clock of exports has not: it is read whole where events are read.
  if (/^\d{4}-\d\d-\d\d[T ]/i.test(whole) && !/[ap]\.?m/i.test(whole)) return whole.replace(/ (?:UTC|GMT)$/i, "Z");
  const clock = CLOCK.exec(rest);
  if (clock === null) return undefined;
  const half = clock[4]?.[0]?.toLowerCase();
  const hour = (Number(clock[1]) % (half === undefined ? 24 : 12)) + (half === "p" ? 12 : 0);
  if (Number(clock[1]) > 23 || Number(clock[2]) > 59 || Number(clock[3] ?? 0) > 59) return undefined;
  const zone =
    clock[5] === undefined ? "" : /^[zug]/i.test(clock[5]) ? "Z" : clock[5].replace(/^([+-]\d\d):?(\d\d)$/, "$1:$2");
  return `${date}T${pad(hour, 2)}:${clock[2]}:${clock[3] ?? "00"}${zone}`;
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function exists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
