import { formatDecimal, parseDecimal, roundTo } from "../../../kernel/decimal.ts";
import { exponent, parseCurrency } from "../../../kernel/money.ts";

/**
 * A conversion as the reader of events takes it. Platforms keep amounts as floating numbers: what has more places than the currency is
 * rounded half up.
 */
export function conversionEvent(
  content: Readonly<Record<string, string>>,
  given: { readonly partnerId: string | null; readonly currency: string; readonly at: string | undefined },
): Record<string, unknown> {
  const currency = content.currency ?? given.currency;
  const type = content.type ?? "sale";
  return {
    type,
    externalId: content.externalId,
    customerId: content.customer,
    occurredAt: given.at ?? content.occurredAt,
    ...(content.amount === undefined || type === "registration"
      ? {}
      : { amount: rounded(content.amount, currency), currency }),
    ...(content.code === undefined ? {} : { code: content.code }),
    ...(content.clickId === undefined ? {} : { clickId: content.clickId }),
    ...(given.partnerId === null ? {} : { partner: given.partnerId }),
    ...(content.status === "void" ? { void: true } : {}),
  };
}

function rounded(amount: string, code: string): string {
  const value = parseDecimal(amount);
  const currency = parseCurrency(code);
  if (value === undefined || currency === undefined) return amount;
  return formatDecimal(roundTo(value, Math.min(value.scale, exponent(currency)), "half_up"));
}
