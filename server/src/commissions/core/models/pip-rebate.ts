import { multiply } from "../../../kernel/decimal.ts";
import type { ModelOf } from "../component-run.ts";
import { settingOf } from "../trade-currency.ts";
import { payTrades } from "../trade-payment.ts";
import { numberOf, partOfOrder, weigh } from "../trades.ts";

/** Pips × value of a pip × lots that count; or, settled per order, pips × value of a pip for each trade. */
export const calculatePipRebate: ModelOf<"pip_rebate"> = (run) =>
  payTrades(run, run.component.pips, (entry, counted, log) => {
    const { pipValue, settle } = run.component;
    const value = settingOf(run, pipValue, entry, ["pip_value"], log);
    if (value === null) return { reason: "pip_value_unknown" };
    if (settle === "order") return { quantity: weigh(weigh(value, partOfOrder(entry)), counted) };
    const lots = numberOf(entry, "lots");
    return lots === undefined ? { reason: "lots_unknown" } : { quantity: weigh(multiply(value, lots), counted) };
  });
