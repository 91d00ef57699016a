const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const two = (value: string | number) => String(value).padStart(2, "0");

/**
 * A date of birth as lists write it → `1963-07-28`, `1963-07`, `1963` or `1960/1965`: "28 Jul 1963", "circa 1963", "1960 to 1965", "00/00/1958",
 * "1963-07-28T00:00:00". Of 03/04/1963 the day is first unless `monthFirst`. @returns undefined for no date
 */
export function birthOf(text: string, monthFirst = false): string | undefined {
  const plain = text.trim().toLowerCase();
  const range = /(\d{4})\s*(?:to|-|–|and|\/)\s*(?:circa\s*)?(?:\d{1,2}\s+[a-z]{3,9}\s+)?(\d{4})(?!\d)/.exec(plain);
  if (range !== null) return `${range[1]}/${range[2]}`;
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(plain);
  if (iso !== null) return dateOf(iso[1] as string, iso[2] as string, iso[3] as string);
  const worded = /(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]+)?([a-z]{3,9})\.?[\s,-]+(\d{4})/.exec(plain);
  const month = MONTHS.indexOf(worded?.[2]?.slice(0, 3) ?? "");
  if (worded !== null && month >= 0) return dateOf(worded[3] as string, two(month + 1), worded[1] ?? "");
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain);
  if (slashed !== null) {
    const [one, other] = [slashed[1] as string, slashed[2] as string];
    const swap = monthFirst || Number(other) > 12;
    return swap ? dateOf(slashed[3] as string, one, other) : dateOf(slashed[3] as string, other, one);
  }
  const shorter = /^(\d{4})-(\d{2})$/.exec(plain) ?? /^(\d{1,2})\/(\d{4})$/.exec(plain);
  if (shorter !== null)
    return shorter[1]?.length === 4 ? plain : dateOf(shorter[2] as string, shorter[1] as string, "");
  return /(?<!\d)((?:18|19|20)\d{2})(?!\d)/.exec(plain)?.[1];
}

function dateOf(year: string, month: string, day: string): string {
  const [m, d] = [Number(month), Number(day)];
  if (!(m >= 1 && m <= 12)) return year;
  return d >= 1 && d <= 31 ? `${year}-${two(m)}-${two(d)}` : `${year}-${two(m)}`;
}
