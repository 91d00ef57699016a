import type { Component } from "@tributary/contract";
import { compare, decimal, formatDecimal, multiply, subtract, ZERO } from "../../kernel/decimal.ts";
import { percent } from "./written-value.ts";

type Pays = Extract<Component, { model: "sub_partner" }>["pays"];

/** What terms pay on a level below, as one would write it on the line between two partners; null where it is no one number. */
export function levelRate(pays: Pays, level: number, currency: string): string | null {
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
      return amount(pays.own, currency);
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

function share(value: unknown): string | null {
  return typeof value === "string" ? percent(value) : null;
}

function amount(value: unknown, currency: string): string | null {
  return typeof value === "string" ? `${value} ${currency}` : null;
}
