import type { RiskBook, RiskLevel, RiskLine } from "@tributary/contract";

type Factor = RiskBook["factors"][number];
/** What is known of a partner, by fact; several values of one fact count as the worst of them. */
export type RiskFacts = Readonly<Partial<Record<Factor["fact"], readonly string[]>>>;

const ORDER: readonly RiskLevel[] = ["low", "medium", "high"];
const higher = (a: RiskLevel, b: RiskLevel): RiskLevel => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);
export const isAbove = (level: RiskLevel, most: RiskLevel): boolean => ORDER.indexOf(level) > ORDER.indexOf(most);

interface Rated {
  readonly level: RiskLevel;
  readonly points: number;
  readonly lines: readonly RiskLine[];
}

/**
 * Points of each factor times its weight, summed: the level is the one in which the sum lies, and never below what a single line asks for.
 * Points are whole numbers; a weight of 10 is one.
 */
export function rate(book: RiskBook, facts: RiskFacts): Rated {
  const lines = book.factors.map((factor) => lineOf(factor, facts[factor.fact] ?? ["unknown"]));
  const points = lines.reduce((sum, { result }) => sum + result, 0);
  const byPoints: RiskLevel = points >= book.high ? "high" : points >= book.medium ? "medium" : "low";
  const level = lines.reduce((most, { atLeast }) => (atLeast === null ? most : higher(most, atLeast)), byPoints);
  return { level, points, lines };
}

function lineOf(factor: Factor, values: readonly string[]): RiskLine {
  const found = (values.length === 0 ? ["none"] : values).map((value) => ({ value, line: matching(factor, value) }));
  const worst = found.reduce((a, b) => ((b.line?.points ?? 0) > (a.line?.points ?? 0) ? b : a));
  const points = worst.line?.points ?? 0;
  const atLeast = found.reduce<RiskLevel | null>(
    (most, { line }) => (line?.atLeast == null ? most : most === null ? line.atLeast : higher(most, line.atLeast)),
    null,
  );
  const result = Math.round((points * factor.weight) / 10);
  return {
    factor: factor.code,
    name: factor.name,
    value: values.join(", "),
    points,
    weight: factor.weight,
    result,
    atLeast,
  };
}

function matching(factor: Factor, value: string): Factor["values"][number] | undefined {
  return factor.values.find(({ is }) => is.some((pattern) => matches(pattern, value)));
}

/** `GB` is itself, `10-29` a range of whole numbers with both ends, `60-` has no end, `*` is everything. */
function matches(pattern: string, value: string): boolean {
  if (pattern === "*" || pattern === value) return true;
  const range = /^(\d+)-(\d*)$/.exec(pattern);
  if (range === null || !/^\d+$/.test(value)) return false;
  const number = Number(value);
  return number >= Number(range[1]) && (range[2] === "" || number <= Number(range[2]));
}
