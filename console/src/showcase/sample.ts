import type { MoneyValue } from "@tributary/contract";
import type { PageLoader } from "../api/records.ts";

export interface SampleRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly country: string;
  readonly owner: string;
  readonly ftds: number;
  readonly course: readonly number[];
  readonly balance: MoneyValue;
  readonly lastClickAt: string;
}

const STATES = ["active", "active", "active", "paused", "onboarding", "suspended"];
const KINDS = ["affiliate", "introducing_broker", "influencer", "agency"];
const NAMES = [
  "Northwind Traders",
  "Vega Media",
  "Blue Harbor IB",
  "Cifra Digital",
  "Lumen Finance",
  "Quartz Partners",
  "Atlas Reviews",
  "Pampa Bets",
];
const PEOPLE = ["Inés Romero", "Tom Okafor", "Mei Tanaka"];
const COUNTRIES = ["DE", "ES", "BR", "JP", "NG", "GB"];

/** The same 1,200 rows every time: a small generator with a fixed seed, so that pictures can be compared. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

function makeRows(count: number): SampleRow[] {
  const random = numbers(7);
  const next = () => random.next().value;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  return Array.from({ length: count }, (_, index) => ({
    id: `prt_${(100_000 + index).toString(36)}`,
    name: `${pick(NAMES)} ${index + 1}`,
    kind: pick(KINDS),
    status: pick(STATES),
    country: pick(COUNTRIES),
    owner: pick(PEOPLE),
    ftds: Math.floor(next() ** 3 * 400),
    course: Array.from({ length: 14 }, () => Math.floor(next() * 40)),
    balance: { minor: String(Math.floor((next() - 0.15) * 2_000_000)), currency: "EUR" },
    lastClickAt: new Date(Date.UTC(2026, 10, 21) - Math.floor(next() * 40 * 86_400_000)).toISOString(),
  }));
}

export const sampleRows = makeRows(1200);

function keep(row: SampleRow, query: Readonly<Record<string, unknown>>): boolean {
  const statuses = typeof query.status === "string" ? query.status.split(",") : [];
  const q = typeof query.q === "string" ? query.q.toLowerCase() : "";
  return (statuses.length === 0 || statuses.includes(row.status)) && row.name.toLowerCase().includes(q);
}

/** Answers like the API: filtered, sorted, a keyset page. */
export const loadSample: PageLoader<SampleRow> = async (query) => {
  await new Promise((resolve) => setTimeout(resolve, 120));
  const sort = typeof query.sort === "string" ? query.sort : "name";
  const field = sort.replace("-", "") as "name" | "ftds";
  const rows = sampleRows.filter((row) => keep(row, query)).toSorted((a, b) => (a[field] < b[field] ? -1 : 1));
  if (sort.startsWith("-")) rows.reverse();
  const from = Number(query.cursor ?? 0);
  const limit = Number(query.limit ?? 50);
  return { data: rows.slice(from, from + limit), nextCursor: from + limit < rows.length ? String(from + limit) : null };
};
