import type { NotionalComponent } from "@tributary/contract";
import { type Decimal, decimal, multiply } from "../../../kernel/decimal.ts";
import type { ComponentRun, ModelOf } from "../component-run.ts";
import type { Entry } from "../entries.ts";
import type { ConversionLog } from "../exchange.ts";
import { currenciesOf, currencyFor, settingOf, toPlan } from "../trade-currency.ts";
import { payTrades } from "../trade-payment.ts";
import { type LeftOut, numberOf, quotient, weigh } from "../trades.ts";

/** Notional volume that counts / per × amount, or × rate. */
export const calculateNotional: ModelOf<"notional"> = (run) => {
  const { amount, per, rate } = run.component;
  const value = rate ?? amount;
  if (value === undefined) return { drafts: [], state: null };
  const unit = rate !== undefined || per === undefined ? decimal("1") : decimal(per);
  return payTrades(run, value, (entry, counted, log) => {
    const volume = volumeOf(run, entry, log);
    if ("reason" in volume) return volume;
    const notional = weigh(volume, counted);
    return { quantity: quotient(notional, unit), moves: { notional } };
  });
};

/** The trade's own notional, else lots × contract × price out of the quote currency. */
function volumeOf(run: ComponentRun<NotionalComponent>, entry: Entry, log: ConversionLog): Decimal | LeftOut {
  if (numberOf(entry, "notional") !== undefined) return run.exchange.of(entry, "notional", log);
  const lots = numberOf(entry, "lots");
  if (lots === undefined) return { reason: "lots_unknown" };
  const price = numberOf(entry, "price", "open_price", "open");
  if (price === undefined) return { reason: "price_unknown" };
  const contract = settingOf(run, run.component.contract, entry, ["contract", "contract_size"], log);
  if (contract === null) return { reason: "contract_unknown" };
  const volume = multiply(multiply(lots, contract), price);
  return toPlan(run, entry, volume, currencyFor(run, entry, currenciesOf(entry).quote), "notional", log);
}
