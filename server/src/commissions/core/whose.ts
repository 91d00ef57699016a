import type { Audience, Lifetime, PlanDocument } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";
import { isAcquisition } from "./acquisition.ts";
import type { Customer, Reached } from "./entries.ts";
import type { Exchange } from "./exchange.ts";
import { milestoneOf } from "./qualify.ts";
import { type Heard, isBy, lapsesOf, lifetimeOf, windowEnd } from "./windows.ts";

/** A customer, and what is known of its qualifications. */
interface Whose {
  readonly plan: PlanDocument;
  readonly exchange: Exchange;
  readonly customer: Customer;
  readonly heard: Heard;
  readonly qualified: (code: string) => ReadonlyMap<string, { readonly on: Day }>;
}

/** Whether something happened in those months of a customer that a component pays for. */
export function isInLife(lifetime: Lifetime | undefined, when: Reached, whose: Whose): boolean {
  if (lifetime === undefined) return true;
  const { customer, heard } = whose;
  const start =
    typeof lifetime.from === "string"
      ? milestoneOf(whose, lifetime.from)?.day
      : whose.qualified(lifetime.from.qualified).get(customer.customerId)?.on;
  if (start === undefined) return false;
  const { first, end } = lifetimeOf(lifetime, start);
  if (when.day < first || (end !== null && when.day >= end)) return false;
  return !heard.hasLapsed(lapsesOf(lifetime), start, customer, when.day);
}

/** Whether a customer was one of those whom a component is for, by another one's qualification. */
export function isInAudience(
  customers: Audience | undefined,
  when: Reached,
  whose: Whose & { readonly isHandedOver: (code: string) => boolean },
): boolean {
  if (customers === undefined) return true;
  const code = "qualified" in customers ? customers.qualified : customers.notQualified;
  const handedOver = whose.isHandedOver(code);
  const since = handedOver ? undefined : whose.qualified(code).get(whose.customer.customerId)?.on;
  if ("qualified" in customers) return since !== undefined && when.day >= since;
  if (since !== undefined && when.day >= since) return false;
  return customers.from === "start" || handedOver || (since === undefined && isWindowOver(code, when, whose));
}

/** Whether the time in which a customer could have qualified had passed when something happened. */
function isWindowOver(code: string, when: Reached, whose: Whose): boolean {
  const component = whose.plan.components.find((one) => one.code === code && isAcquisition(one));
  if (component === undefined || !isAcquisition(component) || component.window === "none") return false;
  const start = milestoneOf(whose, component.window.from);
  return start !== null && !isBy(windowEnd(component.window, start), when);
}
