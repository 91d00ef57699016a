import { multiply } from "../../../kernel/decimal.ts";
import type { ModelOf } from "../component-run.ts";
import { currenciesOf, currencyFor, settingOf, toPlan } from "../trade-currency.ts";
import { payTrades } from "../trade-payment.ts";
import { numberOf, weigh } from "../trades.ts";

/** Lots that count × points × tick × contract size, out of the symbol's quote currency. */
export const calculatePointRebate: ModelOf<"point_rebate"> = (run) =>
  payTrades(run, run.component.points, (entry, counted, log) => {
    const lots = numberOf(entry, "lots");
    if (lots === undefined) return { reason: "lots_unknown" };
    const tick = settingOf(run, run.component.tick, entry, ["tick", "tick_size"], log);
    if (tick === null) return { reason: "tick_unknown" };
    const contract = settingOf(run, run.component.contract, entry, ["contract", "contract_size"], log);
    if (contract === null) return { reason: "contract_unknown" };
    const point = multiply(multiply(lots, tick), contract);
    const code = currencyFor(run, entry, currenciesOf(entry).quote);
    return { quantity: weigh(toPlan(run, entry, point, code, "points", log), counted) };
  });
