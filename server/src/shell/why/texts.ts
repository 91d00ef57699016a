import type { WhyLanguage, WhyTexts } from "./text-table.ts";
import { ATTRIBUTION_TEXTS } from "./texts-of-attribution.ts";
import { CLICK_TEXTS } from "./texts-of-clicks.ts";
import { EVENT_TEXTS } from "./texts-of-events.ts";
import { MONEY_TEXTS } from "./texts-of-money.ts";

export const WHY_TEXTS: WhyTexts = { ...CLICK_TEXTS, ...EVENT_TEXTS, ...ATTRIBUTION_TEXTS, ...MONEY_TEXTS };

/** A code that nobody wrote a text for is shown as it is: better than silence. */
export function textsOf(code: string, language: WhyLanguage): { readonly rule: string; readonly whatToDo: string } {
  const texts = WHY_TEXTS[code];
  if (texts === undefined) return { rule: code, whatToDo: "" };
  const [rule, whatToDo] = language === "en" ? [texts[0], texts[1]] : [texts[2], texts[3]];
  return { rule, whatToDo };
}

const HINTS = {
  nothing: [
    "Nothing that you may see has this ID. Paste the whole of a click ID, an order or external ID, a customer ID, or a receipt; IDs of your own tracker are found when they came with a click.",
    "Nada de lo que puede ver tiene este ID. Pegue completo un ID de clic, un ID de pedido o externo, un ID de cliente o un recibo; los ID de su propio tracker se encuentran si llegaron con un clic.",
  ],
  several: ["Several things have this ID. Choose one.", "Varias cosas tienen este ID. Elige una."],
  one: ["", ""],
} as const;

export function hintOf(found: number, language: WhyLanguage): string {
  const kind = found === 0 ? "nothing" : found === 1 ? "one" : "several";
  return HINTS[kind][language === "en" ? 0 : 1];
}
