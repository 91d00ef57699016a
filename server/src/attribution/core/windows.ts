import type { AttributionRules } from "../contracts.ts";

const indexed = new WeakMap<AttributionRules["windows"], ReadonlyMap<string, AttributionRules["windows"][number]>>();

/**
 * For how many days a click or impression may claim events: the window of this partner on this offer; else of the one or the other
 * as `windowsPrecedence` says; else the program's. An entry that gives no days of this kind leaves it to the next.
 */
export function windowDaysOf(
  rules: AttributionRules,
  kind: "click" | "impression",
  touch: { readonly offerId: string | null; readonly partnerId: string | null },
): number {
  const usual = kind === "click" ? rules.windowDays : rules.impressionWindowDays;
  if (rules.windows.length === 0) return usual;
  const windows = indexed.get(rules.windows) ?? indexOf(rules.windows);
  const daysOf = (offerId: string | null, partnerId: string | null) => {
    const found = windows.get(`${offerId} ${partnerId}`);
    return (kind === "click" ? found?.clickDays : found?.impressionDays) ?? undefined;
  };
  const byPartner = daysOf(null, touch.partnerId);
  const byOffer = daysOf(touch.offerId, null);
  const either = rules.windowsPrecedence === "offer" ? (byOffer ?? byPartner) : (byPartner ?? byOffer);
  return daysOf(touch.offerId, touch.partnerId) ?? either ?? usual;
}

function indexOf(windows: AttributionRules["windows"]) {
  const index = new Map(windows.map((one) => [`${one.offerId} ${one.partnerId}`, one]));
  indexed.set(windows, index);
  return index;
}
