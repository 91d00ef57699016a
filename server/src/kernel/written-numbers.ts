export type DecimalMark = "." | ",";

/** What a column of numbers uses for its decimals. `unsure`: every number that could tell looks like `1,234`. */
export type MarkFinding = DecimalMark | "none" | "unsure";

const SIGNS = /[\s\u00a0\u202f'’]|[A-Z]{3}|[€$£¥]|R\$/g;

/** Looks at the numbers of a column: `1.234,56` says comma, `1,234.56` and `12.5` say point, `1,234` alone says nothing. */
export function findMark(samples: readonly string[]): MarkFinding {
  let unsure = false;
  for (const sample of samples) {
    const said = markOf(sample.replace(SIGNS, ""));
    if (said === "." || said === ",") return said;
    if (said === "unsure") unsure = true;
  }
  return unsure ? "unsure" : "none";
}

function markOf(text: string): MarkFinding {
  const points = count(text, ".");
  const commas = count(text, ",");
  if (points > 0 && commas > 0) return text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
  if (points + commas === 0) return "none";
  const mark = points > 0 ? "." : ",";
  if (points + commas > 1) return mark === "." ? "," : ".";
  const behind = /[.,](\d*)\D*$/.exec(text)?.[1]?.length ?? 0;
  const before = /^\D*(\d*)[.,]/.exec(text)?.[1] ?? "";
  // Groups have three figures behind them and one to three, not a lone nought, before them.
  const group = behind === 3 && before.length >= 1 && before.length <= 3 && before !== "0";
  return group ? "unsure" : mark;
}

/**
 * A number as exact decimal text: without grouping, signs of currencies and blanks; `(12)` and `12-` are negative.
 * @param mark the column's; null: no number of it has decimals or groups
 * @returns undefined when it is no number
 */
export function readAmount(given: string, mark: DecimalMark | null): string | undefined {
  let text = given.trim();
  let negative = false;
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed !== null) {
    negative = true;
    text = bracketed[1] ?? "";
  }
  text = text.replace(SIGNS, "").replace(/\u2212/g, "-");
  if (/^[^-]+-$/.test(text)) text = `-${text.slice(0, -1)}`;
  if (text.startsWith("-")) {
    negative = !negative;
    text = text.slice(1);
  } else if (text.startsWith("+")) text = text.slice(1);
  const plain = withoutGroups(text, mark ?? ".");
  if (plain === undefined) return undefined;
  return negative && !/^0*(?:\.0*)?$/.test(plain) ? `-${plain}` : plain;
}

function withoutGroups(text: string, mark: DecimalMark): string | undefined {
  const grouping = mark === "." ? "," : ".";
  const [whole = "", decimals, ...more] = text.split(mark);
  if (more.length > 0 || !/^\d*$/.test(decimals ?? "")) return undefined;
  const groups = whole.split(grouping);
  // 1,23,456 is how India writes it.
  const fits = groups.every(
    (group, at) =>
      /^\d+$/.test(group) &&
      (at === 0
        ? group.length <= 3 || groups.length === 1
        : group.length === 3 || (group.length === 2 && at < groups.length - 1)),
  );
  if (!fits && !(whole === "" && decimals !== undefined && decimals !== "")) return undefined;
  const digits = groups.join("").replace(/^0+(?=\d)/, "") || "0";
  return decimals === undefined || decimals === "" ? digits : `${digits}.${decimals}`;
}

/** Cents as a decimal number of the currency: `1999` with 2 places is `19.99`. */
export function fromMinor(text: string, places: number): string | undefined {
  const found = /^(-?)(\d+)(?:\.0*)?$/.exec(text);
  if (found === null) return undefined;
  const [, sign = "", digits = ""] = found;
  if (places === 0) return `${sign}${digits}`;
  const padded = digits.padStart(places + 1, "0");
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}
