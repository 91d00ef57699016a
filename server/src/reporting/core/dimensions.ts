import { type Breakdown, DIMENSIONS, type Dimension } from "@tributary/contract";

/** Column of `clicks`, `customers` and `events` behind each dimension: the same name in all three. */
const COLUMNS: Readonly<Record<Dimension, string>> = {
  program: "program_id",
  partner: "partner_id",
  offer: "offer_id",
  link: "link_id",
  landing: "landing_id",
  country: "country",
  device: "device",
  os: "os",
  browser: "browser",
  language: "language",
  source: "source",
  creative: "creative",
  referrer: "referrer_host",
  sub1: "sub1",
  sub2: "sub2",
  sub3: "sub3",
  sub4: "sub4",
  sub5: "sub5",
  sub6: "sub6",
  sub7: "sub7",
  sub8: "sub8",
  sub9: "sub9",
  sub10: "sub10",
};

/** The values that a report is narrowed to; a dimension that is absent is not narrowed. */
export type Filters = ReadonlyMap<Dimension, readonly string[]>;

export function columnOf(dimension: Dimension): string {
  return COLUMNS[dimension];
}

export function isTime(by: Breakdown): by is "day" | "week" | "month" {
  return by === "day" || by === "week" || by === "month";
}

/** SQL of the first day of a day's week (Monday) or month, or the day itself. */
export function timeOf(by: "day" | "week" | "month", day: string): string {
  if (by === "week") return `toMonday(${day})`;
  return by === "month" ? `toStartOfMonth(${day})` : day;
}

/** Conditions of the filters, and the values they are bound to. */
export function filterConditions(filters: Filters): { conditions: string[]; params: Record<string, unknown> } {
  const conditions: string[] = [];
  const params: Record<string, unknown> = {};
  for (const dimension of DIMENSIONS) {
    const values = filters.get(dimension);
    if (values === undefined) continue;
    params[`filter_${dimension}`] = values;
    conditions.push(`${columnOf(dimension)} in {filter_${dimension}:Array(String)}`);
  }
  return { conditions, params };
}

/** The filters in a query string's fields: `programId` and its like for records, the dimension's own name for texts. */
export function filtersOf(fields: Readonly<Record<string, unknown>>): Filters {
  const filters = new Map<Dimension, readonly string[]>();
  for (const dimension of DIMENSIONS) {
    const given = fields[dimension] ?? fields[`${dimension}Id`];
    if (Array.isArray(given) && given.length > 0) filters.set(dimension, given);
  }
  return filters;
}
