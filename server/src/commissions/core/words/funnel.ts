import type { PlanLanguage } from "@tributary/contract";
import { nameInWords } from "./names.ts";

const SLIDERS: Readonly<Record<string, readonly [en: string, es: string]>> = {
  impressions: ["Impressions a month", "Impresiones al mes"],
  clicks: ["Clicks a month", "Clics al mes"],
  registrationRate: ["Clicks that register", "Clics que se registran"],
  ftdRate: ["Registrations that deposit (FTD)", "Registros que depositan (FTD)"],
  firstDeposit: ["First deposit, on average", "Primer depósito, en promedio"],
  laterDeposits: ["Later deposits, per active customer and month", "Depósitos posteriores, por cliente activo y mes"],
  keptRate: ["Customers who stay active from month to month", "Clientes que siguen activos de un mes a otro"],
  belowQualified: [
    "Customers of your sub-partners who qualify, a month",
    "Clientes de sus subsocios que califican, al mes",
  ],
  belowValue: ["Your sub-partner's own value", "Valor propio de su subsocio"],
  referrals: ["New sub-partners a month", "Subsocios nuevos al mes"],
  below: ["Commission of your sub-partners a month", "Comisión de sus subsocios al mes"],
};

/** What stands beside a slider. Ids with a colon name something that the plan looks at: `brought:ngr`, `events:install`. */
export function sliderName(id: string, language: PlanLanguage): string {
  const [kind = "", of = ""] = id.split(":");
  const known = SLIDERS[kind];
  if (known !== undefined && of === "") return known[language === "en" ? 0 : 1];
  const name = capital(nameInWords(of, language));
  const say = (en: string, es: string) => (language === "en" ? en : es);
  switch (kind) {
    case "below":
      return say(
        `${name} of your sub-partners' customers, a month`,
        `${name} de los clientes de sus subsocios, al mes`,
      );
    case "brought":
      return say(`${name}, per active customer and month`, `${name}, por cliente activo y mes`);
    case "orders":
      return say(`${name}: how many per active customer and month`, `${name}: cuántas por cliente activo y mes`);
    case "worth":
      return say(`${name}: worth on average`, `${name}: valor promedio`);
    case "events":
      return say(`${name}: how many a month`, `${name}: cuántas al mes`);
    default:
      return say(`${name}, as the operator states it`, `${name}, según indica el operador`);
  }
}

export const FUNNEL_WORDS = {
  name: (code: string, language: PlanLanguage): string => capital(nameInWords(code, language)),
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
