import { type Finding, finding, type Say } from "../findings.ts";
import type { Linted } from "./linted.ts";

/** Models whose lines belong to a month or a placement, not to a customer: no customer of theirs ever reaches anything. */
const OF_NOBODY = new Set(["cpc", "cpm", "flat_fee", "minimum_guarantee", "bonus", "client_rebate", "sub_partner"]);
/** Models that sum all customers of a month into one line. */
const OF_THE_MONTH = new Set([
  "revenue_share",
  "theoretical",
  "lot_rebate",
  "pip_rebate",
  "point_rebate",
  "spread_share",
  "commission_share",
  "notional",
]);

/** Models that pay for single events, though by the month: each may be held from its own day. */
const BY_EVENT = new Set([
  ...["sale", "recurring", "per_event", "cpc", "cpm", "theoretical"],
  ...["lot_rebate", "pip_rebate", "point_rebate", "spread_share", "commission_share", "notional"],
]);

/** Amounts that are held for something which cannot happen to them, or from days that they do not have. */
export function holdsThatNeverEnd({ components, say }: Linted): Finding[] {
  return components.flatMap(({ component, path }) => {
    if (component.hold.from === "event" && !BY_EVENT.has(component.model))
      return [
        {
          ...finding(
            "error",
            "contradictory",
            `${path}.hold.from`,
            say(
              `${component.code} is not paid for single events: there is no day of an event to count from.`,
              `${component.code} no se paga por eventos sueltos: no hay día de un evento desde el que contar.`,
            ),
          ),
          wayOut: say(
            "Write from: earned (the day of qualification, or the last of the month) or from: month_end.",
            "Escriba from: earned (el día de la calificación, o el último del mes) o from: month_end.",
          ),
        },
      ];
    const until = component.hold.until;
    if (until === undefined) return [];
    const what = "milestone" in until ? until.milestone : until.metric;
    if (OF_NOBODY.has(component.model)) return [never(path, component.code, what, say)];
    if (OF_THE_MONTH.has(component.model) && component.lifetime === undefined)
      return [
        finding(
          "warning",
          "never_released",
          `${path}.hold.until`,
          say(
            `${component.code} is paid as one amount per month for all customers; it is released only when every one of them has reached ${what}.`,
            `${component.code} se paga como un importe mensual de todos los clientes; solo se libera cuando cada uno de ellos haya alcanzado ${what}.`,
          ),
          say(
            "Hold for days instead, or count only customers who have reached it.",
            "Retenga por días, o cuente solo a los clientes que lo han alcanzado.",
          ),
        ),
      ];
    return [];
  });
}

function never(path: string, code: string, what: string, say: Say): Finding {
  return finding(
    "warning",
    "never_released",
    `${path}.hold.until`,
    say(
      `${code} is nobody's in particular: no customer of it ever reaches ${what}, so it is never released.`,
      `${code} no es de ningún cliente en particular: ninguno alcanza nunca ${what}, así que nunca se libera.`,
    ),
    say("Hold for days instead.", "Retenga por días."),
  );
}
