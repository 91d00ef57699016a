import { formatDecimal } from "../../../kernel/decimal.ts";
import type { ModelOf } from "../component-run.ts";
import { currenciesOf, currencyFor } from "../trade-currency.ts";
import { payTrades } from "../trade-payment.ts";
import { numberOf, weigh } from "../trades.ts";

/** Lots that count × amount per lot (symbol, then group, then nothing: the rows of the table) × factors. */
export const calculateLotRebate: ModelOf<"lot_rebate"> = (run) =>
  payTrades(run, run.component.amount, (entry, counted) => {
    const lots = numberOf(entry, "lots");
    if (lots === undefined) return { reason: "lots_unknown" };
    const quantity = weigh(lots, counted);
    if (run.component.currency === "plan") return { quantity };
    const base = currencyFor(run, entry, currenciesOf(entry).base);
    return base === undefined
      ? { reason: "currency_unknown", asked: formatDecimal(lots) }
      : { quantity, currency: base };
  });
