import type { Component } from "@tributary/contract";
import { compare, decimal, formatDecimal, multiply, percent, subtract, ZERO } from "../../kernel/decimal.ts";

type Pays = Extract<Component, { model: "sub_partner" }>["pays"];

/**
 * What terms pay on a level below, as one would write it on the line between two partners; null where it is no one number.
 * @param way attributes of the sub-partner and of those between it and the one that earns
 */
export function levelRate(
  pays: Pays,
  level: number,
  currency: string,
  way: readonly Readonly<Record<string, string>>[],
): string | null {
  switch (pays.mode) {
    case "percent_of_commission":
    case "percent_of_revenue":
    case "percent_of_fee":
      return share(pays.rates[level - 1]);
    case "per_qualified":
      return amount(pays.amounts[level - 1], currency);
    case "per_referral":
      return level === 1 ? amount(pays.amount, currency) : null;
    case "level_difference":
      return difference(pays, currency, way);
    case "fixed_pot":
      return share(pays.shares[level]);
    case "cascade":
      return share(pays.pass[level - 1]);
    case "level_ratio":
      return pays.ratios[level] === undefined ? null : `× ${pays.ratios[level]}`;
    case "decrement": {
      if (level > pays.depth) return null;
      const rate = subtract(decimal(pays.first), multiply(decimal(pays.step), decimal(level - 1)));
      return percent(formatDecimal(compare(rate, ZERO) < 0 ? ZERO : rate));
    }
  }
}

/** Own value less the highest on the way, never below zero. */
function difference(
  { own, attribute }: Extract<Pays, { mode: "level_difference" }>,
  currency: string,
  way: readonly Readonly<Record<string, string>>[],
): string | null {
  if (typeof own !== "string") return null;
  const values = way.flatMap((one) => one[attribute] ?? []).filter((one) => /^\d+(\.\d+)?$/.test(one));
  const highest = values.map((one) => decimal(one)).reduce((a, b) => (compare(a, b) >= 0 ? a : b), ZERO);
  const left = subtract(decimal(own), highest);
  return `${formatDecimal(compare(left, ZERO) < 0 ? ZERO : left)} ${currency}`;
}

function share(value: unknown): string | null {
  return typeof value === "string" ? percent(value) : null;
}

function amount(value: unknown, currency: string): string | null {
  return typeof value === "string" ? `${value} ${currency}` : null;
}
