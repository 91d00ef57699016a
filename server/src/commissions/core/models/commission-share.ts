import type { ModelOf } from "../component-run.ts";
import { payTrades } from "../trade-payment.ts";
import { numberOf, weigh } from "../trades.ts";

/** Rate × an amount that each trade carries: the broker's commission, the mark-up, a contract's payout. */
export const calculateCommissionShare: ModelOf<"commission_share"> = (run) => {
  const { of, event, rate } = run.component;
  return payTrades(
    run,
    rate,
    (entry, counted, log) => {
      if (numberOf(entry, of) === undefined) return { reason: "amount_unknown", asked: of };
      const amount = run.exchange.of(entry, of, log);
      return { quantity: weigh(amount, counted), moves: { [of]: weigh(amount, counted) } };
    },
    event,
  );
};
