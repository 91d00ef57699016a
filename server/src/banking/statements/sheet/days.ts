import type { DateOrder } from "../contracts.ts";
import { isoDay } from "../dates.ts";

const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    "jan januar january januari janvier enero ene gennaio gen janeiro",
    "feb februar february februari fevrier fev febrero febbraio fevereiro",
    "mar marz march maart mars marzo mrz mrt marco",
    "apr april avril avr abril abr aprile",
    "may mai mei mayo maggio mag maio maj",
    "jun juni june juin junio giugno giu junho",
    "jul juli july juillet juil julio luglio lug julho",
    "aug august augustus aout agosto ago augusti",
    "sep sept september septembre septiembre settembre set setembro",
    "oct okt oktober october octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec dez december dezember decembre diciembre dic dicembre dezembro",
  ].flatMap((names, at) => names.split(" ").map((name): [string, number] => [name, at + 1])),
);

/** The three numbers of a date cell, in the order in which they stand, or the day itself where it is not in question. */
function partsOf(cell: string): readonly [number, number, number, string] | string | undefined {
  const text = cell.trim().replace(/^\p{L}{2,9}\.?,? (?=\d)/u, "");
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:\D|$)/.exec(text);
  if (iso !== null) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?\d{6}(?:\.\d+)?(?:Z|\[[^\]]*\])?)?$/.exec(text);
  if (compact !== null) return isoDay(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const numbers = /^(\d{1,2})([-./ ])(\d{1,2})(?:\2|')\s?(\d{4}|\d{2})(?:\D|$)/.exec(text);
  if (numbers !== null) return [Number(numbers[1]), Number(numbers[3]), fullYear(numbers[4] ?? ""), numbers[2] ?? ""];
  const eight = /^(\d{2})(\d{2})((?:19|20)\d\d)$/.exec(text);
  if (eight !== null) return [Number(eight[1]), Number(eight[2]), Number(eight[3]), ""];
  return named(text);
}

/** `5 Mar 2024`, `05-MAR-24`, `March 5, 2024`. */
function named(text: string): string | undefined {
  const first = /^(\d{1,2})[-./ ]+(?:de )?(\p{L}+)\.?[-,/ ]+(?:de )?(\d{4}|\d{2})(?:\D|$)/u.exec(text);
  const second = /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:\D|$)/u.exec(text);
  const [day, month, year] = first !== null ? [first[1], first[2], first[3]] : [second?.[2], second?.[1], second?.[3]];
  const number = MONTHS.get((month ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());
  return number === undefined ? undefined : isoDay(fullYear(year ?? ""), number, Number(day));
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 4 ? year : year >= 80 ? 1900 + year : 2000 + year;
}

/** YYYY-MM-DD, or nothing when it is no day under this order. */
export function readDay(cell: string, order: DateOrder): string | undefined {
  const parts = partsOf(cell);
  if (parts === undefined || typeof parts === "string") return parts;
  const [first, second, year] = parts;
  if (order === "ymd") return undefined;
  return order === "dmy" ? isoDay(year, second, first) : isoDay(year, first, second);
}

export function isDay(cell: string): boolean {
  return readDay(cell, "dmy") !== undefined || readDay(cell, "mdy") !== undefined;
}

/** What stands where the day will be, once it is booked. */
export function isPendingDay(cell: string): boolean {
  return /^(?:pending|vorgemerkt|offen|ausstehend|en attente|pendiente|in behandeling|reserviert|reserverad|processing)$/i.test(
    cell.trim(),
  );
}

export interface OrderGuess {
  readonly order: DateOrder;
  readonly because: string;
  readonly doubt?: string;
}

/** Day or month first: by a day over 12, else by the order that keeps the rows in time, else by the separator and the currency. */
export function dateOrder(cells: readonly string[], currency: string | undefined): OrderGuess {
  const parts = cells.map(partsOf).filter((one) => one !== undefined);
  const open = parts.filter((one): one is readonly [number, number, number, string] => typeof one !== "string");
  if (open.length === 0) return { order: "ymd", because: "Dates are written with the year first or the month's name." };
  const day = cells.find((cell) => readDay(cell, "dmy") !== undefined && readDay(cell, "mdy") === undefined);
  const month = cells.find((cell) => readDay(cell, "mdy") !== undefined && readDay(cell, "dmy") === undefined);
  if (day !== undefined && month === undefined)
    return { order: "dmy", because: `The day comes first, as in "${day}".` };
  if (month !== undefined && day === undefined)
    return { order: "mdy", because: `The month comes first, as in "${month}".` };
  if (day !== undefined) {
    const doubt = `"${day}" can only have the day first, "${month}" only the month.`;
    return { order: "dmy", because: "The dates contradict each other; the day is taken to come first.", doubt };
  }
  const [asDays, asMonths] = [turns(cells, "dmy"), turns(cells, "mdy")];
  if (asDays < asMonths)
    return { order: "dmy", because: "The day comes first: only so the rows follow each other in time." };
  if (asMonths < asDays)
    return { order: "mdy", because: "The month comes first: only so the rows follow each other in time." };
  const doubt = `No date has a day over 12 ("${cells.find(isDay) ?? ""}"): day and month could be the other way round.`;
  const american = open.every((one) => one[3] === "/") && currency === "USD";
  return american
    ? { order: "mdy", because: "The month is taken to come first: slashes, and US dollars.", doubt }
    : { order: "dmy", because: "The day is taken to come first.", doubt };
}

/** How often the rows turn back in time: a table that runs one way has none. */
function turns(cells: readonly string[], order: DateOrder): number {
  const days = cells.map((cell) => readDay(cell, order)).filter((one) => one !== undefined);
  let [ups, downs] = [0, 0];
  for (const [at, day] of days.entries()) {
    const before = days[at - 1];
    if (before === undefined) continue;
    if (day > before) ups += 1;
    if (day < before) downs += 1;
  }
  return Math.min(ups, downs);
}
