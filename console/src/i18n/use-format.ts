import type { MoneyValue } from "@tributary/contract";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import * as format from "./format.ts";

/** The zone in which instants are shown: the chosen program's, else the operator's. */
export const ZoneContext = createContext<string>("UTC");

/** Formatters bound to the person's language and the shown zone. */
export function useFormat() {
  const { i18n } = useTranslation();
  const zone = useContext(ZoneContext);
  const language = i18n.language;
  return useMemo(
    () => ({
      language,
      zone,
      money: (money: MoneyValue, display?: "symbol" | "code") => format.formatMoney(language, money, display),
      number: (value: number, options?: Intl.NumberFormatOptions) => format.formatNumber(language, value, options),
      share: (share: number) => format.formatShare(language, share),
      instant: (instant: string, detail: format.TimeDetail = "minute") =>
        format.formatInstant(language, zone, instant, detail),
      country: (code: string) => format.nameOfCode(language, "region", code),
      languageName: (code: string) => format.nameOfCode(language, "language", code),
      day: (day: string) => format.formatDay(language, day),
      ago: (instant: string, nowMs: number) => format.formatAgo(language, instant, nowMs),
      zoneName: (instant: string) => format.zoneName(language, zone, instant),
    }),
    [language, zone],
  );
}
