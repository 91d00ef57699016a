/**
 * The second, plain computation: from the log and the events as sent to what each partner is paid. It shares no code with the program.
 */
import { readFileSync } from "node:fs";
import type { NewCustomer, Sent } from "./story.ts";

/** The European Central Bank's file: rates by day and currency, as they stand in it. */
export class BankRates {
  readonly #days = new Map<string, Map<string, string>>();
  readonly #sorted: string[];

  constructor(file: string) {
    const [head = "", ...rows] = readFileSync(file, "utf8").trimEnd().split("\n");
    const names = head.split(",");
    for (const row of rows) {
      const cells = row.split(",");
      this.#days.set(cells[0] ?? "", new Map(names.map((name, index) => [name, cells[index] ?? ""])));
    }
    this.#sorted = [...this.#days.keys()].sort();
  }

  /** Hundred-millionths of a euro for an amount in whole units with up to eight decimals. */
  euros(amount: string, currency: string, day: string): bigint {
    const exact = hundredMillionths(amount);
    if (currency === "EUR") return exact;
    const published = this.#sorted.filter((one) => one <= day).at(-1) ?? "";
    const rate = hundredMillionths(this.#days.get(published)?.get(currency) ?? "");
    return nearest(exact * 100_000_000n, rate);
  }
}

function hundredMillionths(text: string): bigint {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") throw new Error(`not a number: ${text}`);
  const units = BigInt(whole + fraction.padEnd(8, "0"));
  return sign === "-" ? -units : units;
}

/** Halves away from zero. */
function nearest(a: bigint, b: bigint): bigint {
  const half = a < 0n ? -b / 2n : b / 2n;
  return (a + half) / b;
}

/** Who brought the customer: the link of the last visit before the registration. */
export function broughtBy(customer: NewCustomer, partnerOf: (path: string) => number): number {
  const before = customer.visits.filter((visit) => visit.at <= customer.registeredAt);
  return partnerOf(before.at(-1)?.path ?? "");
}

/** The newest version of each event, without those that were taken back. */
function standing(events: readonly Sent[]): Sent[] {
  const newest = new Map(events.map((event) => [event.external_id, event]));
  return [...newest.values()].filter((event) => event.void === undefined);
}

/** 120.00 for a verified customer whose first deposit is worth 20 euros at least; cents. */
export function acquisition(events: readonly Sent[], rates: BankRates): bigint {
  const all = standing(events);
  const [first] = all
    .filter((event) => event.type === "deposit")
    .sort((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
  if (first === undefined || !all.some((event) => event.type === "kyc_passed")) return 0n;
  const worth = rates.euros(first.amount ?? "", first.currency ?? "", first.occurred_at.slice(0, 10));
  return worth >= 2_000_000_000n ? 12_000n : 0n;
}

/** 30 % of what all customers together lost, less bonuses; cents. Sums of a day and currency are converted at that day's rate. */
export function share(events: readonly Sent[], rates: BankRates): bigint {
  const sums = new Map<string, bigint>();
  for (const event of standing(events).filter((one) => one.type === "activity")) {
    for (const measure of ["ggr", "bonus"] as const) {
      const key = `${measure} ${event.occurred_at.slice(0, 10)} ${event.currency}`;
      sums.set(key, (sums.get(key) ?? 0n) + hundredMillionths(event[measure] ?? "0"));
    }
  }
  let base = 0n;
  for (const [key, sum] of sums) {
    const [measure, day = "", currency = ""] = key.split(" ");
    const euros = rates.euros(decimalText(sum), currency, day);
    base += measure === "ggr" ? euros : -euros;
  }
  return base <= 0n ? 0n : nearest(base * 30n, 100_000_000n);
}

function decimalText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(9, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}
