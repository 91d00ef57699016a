/** Days and months that exist; `undefined` for a 31st of February. */
export function isoDay(year: number, month: number, day: number): string | undefined {
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The day of an XML date or instant as it is written: the bank's own day, whatever the zone. */
export function dayOf(text: string | undefined): string | undefined {
  const match = /^\s*(\d{4})-(\d\d)-(\d\d)(?:T|Z|[+-]\d\d:|\s|$)/.exec(text ?? "");
  return match === null ? undefined : isoDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** `YYYYMMDD…` of OFX; nothing for `00000000`. */
export function compactDay(text: string | undefined): string | undefined {
  const match = /^\s*(\d{4})(\d\d)(\d\d)/.exec(text ?? "");
  return match === null ? undefined : isoDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** `YYMMDD` of SWIFT and BAI: 80 and later are of the last century, as SWIFT has it. */
export function shortDay(text: string | undefined): string | undefined {
  const match = /^(\d\d)(\d\d)(\d\d)$/.exec((text ?? "").trim());
  if (match === null) return undefined;
  const year = Number(match[1]);
  return isoDay(year >= 80 ? 1900 + year : 2000 + year, Number(match[2]), Number(match[3]));
}

/** `MMDD` in the year that brings it nearest to another day: an entry of 2 January may be booked on `1231`. */
export function nearestDay(monthDay: string, other: string): string | undefined {
  const [month, day, year] = [Number(monthDay.slice(0, 2)), Number(monthDay.slice(2, 4)), Number(other.slice(0, 4))];
  const candidates = [year - 1, year, year + 1].flatMap((one) => isoDay(one, month, day) ?? []);
  const distance = (one: string): number => Math.abs(Date.parse(one) - Date.parse(other));
  return candidates.sort((a, b) => distance(a) - distance(b))[0];
}
