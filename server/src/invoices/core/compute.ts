import type { InvoiceTax } from "@tributary/contract";
import { decimal, divideRounded } from "../../kernel/decimal.ts";
import { splitByWeights } from "../../kernel/money.ts";
import type { TaxTreatment } from "../../payees/index.ts";

/** What an invoice comes to, in minor units. A credit note's amounts are negative. */
export interface Computed {
  readonly net: bigint;
  readonly vat: bigint;
  readonly gross: bigint;
  readonly withheld: bigint;
  readonly payable: bigint;
  /** VAT and withholding of each line: they sum to the invoice's, which are rounded once. */
  readonly lines: readonly { readonly net: bigint; readonly vat: bigint; readonly withheld: bigint }[];
}

/**
 * VAT is worked out once per rate on the sum of its lines and rounded half up there, never line by line (EN 16931, BR-CO-17); the lines' shares are
 * cut from that sum by largest remainder. Tax is withheld from the net amount, rounded once.
 * E.g. 33.33 + 33.33 + 33.34 at 21 %: VAT is 21.00, not 7.00 + 7.00 + 7.00 by luck; of 10.01 at 19 % it is 1.90.
 */
export function compute(lines: readonly bigint[], tax: TaxTreatment): Computed {
  const net = lines.reduce((sum, one) => sum + one, 0n);
  const vat = tax.vat === "domestic" ? shareOf(net, tax.vatRate ?? "0") : 0n;
  const withheld = tax.withholding === null ? 0n : shareOf(net, tax.withholding.rate);
  const vats = spread(vat, lines, net);
  const withholdings = spread(withheld, lines, net);
  return {
    net,
    vat,
    gross: net + vat,
    withheld,
    payable: net + vat - withheld,
    lines: lines.map((one, at) => ({ net: one, vat: vats[at] ?? 0n, withheld: withholdings[at] ?? 0n })),
  };
}

/** A share of an amount, half up: 21 % of 10.01 is 2.10. @param rate exact decimal, `0.21` */
export function shareOf(minor: bigint, rate: string): bigint {
  const { units, scale } = decimal(rate);
  return divideRounded(minor * units, 10n ** BigInt(scale), "half_up");
}

/** Cuts a total by the lines' amounts without losing a cent; lines of the other sign keep theirs. */
function spread(total: bigint, lines: readonly bigint[], net: bigint): bigint[] {
  if (total === 0n || net === 0n) return lines.map(() => 0n);
  if (lines.every((one) => one === 0n || one > 0n === net > 0n)) {
    const weights = lines.map((one) => (one < 0n ? -one : one));
    return splitByWeights(total, weights);
  }
  const parts = lines.map((one) => divideRounded(total * one, net, "half_up"));
  const rest = total - parts.reduce((sum, one) => sum + one, 0n);
  const largest = lines.reduce((at, one, index) => (abs(one) > abs(lines[at] ?? 0n) ? index : at), 0);
  parts[largest] = (parts[largest] ?? 0n) + rest;
  return parts;
}

function abs(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

/**
 * The category of a treatment (UNCL 5305) and the code of its reason (VATEX). A supplier without any VAT number cannot be one of categories that ask
 * for it (BR-AE-02, BR-G-02, BR-E-02): what it supplies is then outside the scope for it.
 */
export function categoryOf(tax: TaxTreatment): Pick<InvoiceTax, "category" | "reasonCode"> {
  if (tax.vat === "domestic") return { category: "S", reasonCode: null };
  if (tax.vat === "outside_scope" || !tax.vatNumber) return { category: "O", reasonCode: "VATEX-EU-O" };
  if (tax.vat === "reverse_charge") return { category: "AE", reasonCode: "VATEX-EU-AE" };
  if (tax.vat === "export") return { category: "G", reasonCode: "VATEX-EU-G" };
  return { category: "E", reasonCode: null };
}
