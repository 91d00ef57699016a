import { type Decimal, decimal, divide, formatDecimal, multiply } from "../../kernel/decimal.ts";
import { currency as currencyOf, money, splitByWeights, toDecimal, toMinor } from "../../kernel/money.ts";
import type { Draft, DraftItem, Gathering, Payable, Rate, Reason, Route } from "./contracts.ts";

/**
 * What is payable becomes payouts: one per payee and currency, each with what its checks found. Pure: the same statements, payees, invoices and rates
 * give the same payouts, so the release can look whether anything moved since somebody saw them.
 */
export function gather(all: Gathering): readonly Draft[] {
  const parts = all.payables.flatMap((payable) => partsOf(payable, all));
  const groups = Map.groupBy(parts, (part) => `${part.payeeId} ${currencyFor(part, all)}`);
  return [...groups.values()].map((group) => draftOf(group, all)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** What names a payout within its batch. */
export function keyOf(draft: {
  readonly payeeId: string;
  readonly partnerId: string;
  readonly currency: string;
}): string {
  return `${draft.payeeId || draft.partnerId} ${draft.currency}`;
}

interface Part {
  readonly payable: Payable;
  /** Empty: nobody is paid for this partner. */
  readonly payeeId: string;
  readonly gross: bigint;
  readonly byProgram: DraftItem["byProgram"];
}

/**
 * Splits a statement between the payees of its programs: by what each program earned, by largest remainder, so that the parts are the whole. A program
 * that lost takes from no payee in particular: the loss lowers all alike.
 */
export function partsOf(payable: Payable, all: Pick<Gathering, "payeeOf">): readonly Part[] {
  const gains = payable.byProgram.filter((one) => one.minor > 0n);
  const shares = Map.groupBy(gains, ({ programId }) => all.payeeOf(payable, programId) ?? "");
  if (shares.size === 0) shares.set(all.payeeOf(payable, null) ?? "", []);
  const payees = [...shares].sort(([a], [b]) => (a < b ? -1 : 1));
  const amounts = splitByWeights(
    payable.minor,
    payees.map(([, programs]) => (programs.length === 0 ? 1n : sum(programs.map((one) => one.minor)))),
  );
  return payees
    .map(([payeeId, programs], index) => ({
      payable,
      payeeId,
      gross: amounts[index] ?? 0n,
      byProgram: payees.length === 1 ? null : programs,
    }))
    .filter((part) => part.gross > 0n && !part.payable.spokenFor.includes(part.payeeId));
}

function currencyFor(part: Part, all: Gathering): string {
  const terms = all.payees.get(part.payeeId);
  const own = part.payeeId === "" ? ` ${part.payable.partnerId}` : "";
  return `${terms?.payoutCurrency ?? part.payable.currency}${own}`;
}

function draftOf(group: readonly Part[], all: Gathering): Draft {
  const [first] = group;
  if (first === undefined) throw new Error("a payout of nothing");
  const payee = all.payees.get(first.payeeId);
  const currency = payee?.payoutCurrency ?? first.payable.currency;
  const detail = payee?.details.find((one) => one.currency === currency) ?? payee?.details[0];
  const route = detail && all.routes.find((one) => takes(one, detail.method, currency, detail.country));
  const reasons: Reason[] = [];
  const made = group.map((part) => itemOf(part, currency, all, reasons));
  const due = sum(made.map((item) => item.paidMinor));
  const fee = route === undefined || payee?.feeBearer !== "payee" ? 0n : (route.fees[currency] ?? 0n);
  const items = chargeFee(made, fee, currency);
  const amountMinor = sum(items.map((item) => item.paidMinor));
  if (first.payeeId === "" || payee === undefined)
    reasons.push(blocking("no_payee", "Nobody is named who is paid for this partner."));
  else {
    reasons.push(...payee.blocks.map((one) => blocking(one.code, one.sentence)));
    if (detail === undefined) reasons.push(blocking("no_detail", "No approved account may be paid to yet."));
    else if (route === undefined)
      reasons.push(blocking("no_source", `No own account pays ${currency} by ${detail.method} to ${detail.country}.`));
    if (detail !== undefined && detail.currency !== currency)
      reasons.push({
        code: "other_currency",
        blocks: false,
        text: `The account is kept in ${detail.currency}: its bank converts.`,
      });
    reasons.push(...thresholdOf(due, currency, payee.threshold, all));
  }
  if (amountMinor <= 0n) reasons.push(blocking("nothing_to_pay", "Nothing is left to pay."));
  return {
    payeeId: first.payeeId,
    partnerId: first.payable.partnerId,
    payeeName: payee?.name ?? "",
    method: detail?.method ?? "bank",
    currency,
    amountMinor,
    feeMinor: fee,
    account: detail?.account ?? "",
    detailId: detail?.detailId ?? null,
    chargeBearer: bearer(payee?.feeBearer ?? "operator"),
    sourceId: route?.sourceId ?? null,
    reasons: distinct(reasons),
    items,
  };
}

function takes(route: Route, method: string, currency: string, country: string): boolean {
  if (route.method !== method || !route.currencies.includes(currency)) return false;
  return route.countries.length === 0 || route.countries.includes(country);
}

function itemOf(
  { payable, payeeId, gross, byProgram }: Part,
  currency: string,
  all: Gathering,
  reasons: Reason[],
): DraftItem {
  const tax = taxOf(payable, payeeId, gross, all, reasons);
  const net = gross - tax.withheld;
  const rate = payable.currency === currency ? null : all.rate(payable.currency, currency);
  if (rate === undefined)
    reasons.push(blocking("rate_missing", `There is no rate from ${payable.currency} to ${currency}.`));
  return {
    statementId: payable.statementId,
    partnerId: payable.partnerId,
    currency: payable.currency,
    grossMinor: gross,
    withheldMinor: tax.withheld,
    reserveMinor: 0n,
    feeMinor: 0n,
    netMinor: net,
    paidMinor: rate === null ? net : rate === undefined ? 0n : convert(net, payable.currency, currency, rate),
    rate: rate ?? null,
    byProgram,
    invoiceId: tax.invoiceId,
    invoiceNumber: tax.invoiceNumber,
  };
}

/** A payee with invoices has its tax on them; of others it is withheld here, once, also when the first payout of it came back. */
function taxOf(
  { statementId, taxWithheld, currency, onAccount }: Payable,
  payeeId: string,
  gross: bigint,
  all: Gathering,
  reasons: Reason[],
) {
  const payee = all.payees.get(payeeId);
  const invoice = all.invoices.get(`${statementId} ${payeeId}`);
  const named = { invoiceId: invoice?.invoiceId ?? null, invoiceNumber: invoice?.number ?? null };
  if (payee === undefined) return { withheld: 0n, ...named };
  if (onAccount) {
    if (payee.withholding !== null)
      reasons.push(
        blocking("tax_by_month", "Tax is withheld from this payee by the month: nothing is paid on account."),
      );
    return { withheld: 0n, ...named };
  }
  if (payee.invoicing !== "none") {
    if (invoice === undefined)
      reasons.push(blocking("invoice_missing", "The invoice is missing, or not matched with the statement."));
    else if (invoice.missing !== null) reasons.push(blocking("invoice_missing", invoice.missing));
    return { withheld: 0n, ...named };
  }
  const withheld = taxWithheld || payee.withholding === null ? 0n : share(gross, currency, payee.withholding);
  return { withheld, ...named };
}

function share(minor: bigint, currency: string, rate: string): bigint {
  return toMinor(multiply(toDecimal(money(minor, currency)), decimal(rate)), currencyOf(currency));
}

/** By the rate that is kept with the payout; rounded half up once. */
export function convert(minor: bigint, from: string, to: string, rate: Rate): bigint {
  return toMinor(multiply(toDecimal(money(minor, from)), decimal(rate.rate)), currencyOf(to));
}

/** The payee's fee is taken from the largest part; one that the parts cannot bear makes the payout nothing. */
function chargeFee(items: readonly DraftItem[], fee: bigint, currency: string): readonly DraftItem[] {
  if (fee === 0n) return items;
  const largest = items.reduce((a, b) => (b.paidMinor > a.paidMinor ? b : a));
  return items.map((item) => {
    if (item !== largest) return item;
    const own = item.rate === null ? fee : backAt(fee, currency, item.currency, item.rate);
    return { ...item, feeMinor: own, netMinor: item.netMinor - own, paidMinor: item.paidMinor - fee };
  });
}

function backAt(minor: bigint, from: string, to: string, rate: Rate): bigint {
  const value: Decimal = divide(toDecimal(money(minor, from)), decimal(rate.rate), 8);
  return toMinor(value, currencyOf(to));
}

function thresholdOf(
  due: bigint,
  currency: string,
  threshold: { readonly minor: bigint; readonly currency: string; readonly kind: "exceeds" | "at_least" } | null,
  all: Gathering,
): readonly Reason[] {
  if (threshold === null || due <= 0n) return [];
  const rate = threshold.currency === currency ? null : all.rate(threshold.currency, currency);
  if (rate === undefined)
    return [blocking("rate_missing", `There is no rate from ${threshold.currency} to ${currency}.`)];
  const bar = rate === null ? threshold.minor : convert(threshold.minor, threshold.currency, currency, rate);
  if (threshold.kind === "exceeds" ? due > bar : due >= bar) return [];
  const text = formatDecimal(toDecimal(money(bar, currency)));
  const words = threshold.kind === "exceeds" ? `not above ${text}` : `below ${text}`;
  return [
    blocking(
      "below_threshold",
      `${formatDecimal(toDecimal(money(due, currency)))} ${currency} is ${words}: it rolls over.`,
    ),
  ];
}

function bearer(feeBearer: "operator" | "payee" | "shared"): "payer" | "payee" | "shared" {
  return feeBearer === "operator" ? "payer" : feeBearer;
}

function blocking(code: string, text: string): Reason {
  return { code, blocks: true, text };
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((one) => [`${one.code} ${one.text}`, one])).values()];
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, one) => total + one, 0n);
}
