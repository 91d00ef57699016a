import type { Base, PlanDocument, RevenueShareComponent } from "@tributary/contract";
import { asksAboutEvents } from "./bases.ts";
import { rateDimensions } from "./netting.ts";

/** Whether a share has to look at single customers; sums over all of them are enough otherwise. */
export function looksAtCustomers(component: RevenueShareComponent): boolean {
  return (
    component.customerAtMost !== undefined ||
    component.highRoller !== undefined ||
    (component.recoups !== undefined && component.recoups.scope !== "agreement")
  );
}

/** Which facts a share needs: customers apart, events apart, and by which dimensions sums must not be mixed. */
export interface ShareNeeds {
  readonly customers: boolean;
  readonly events: boolean;
  readonly dimensions: readonly string[];
}

/** What has to be loaded for a share; `only`, `except`, audience and lifetime of the component are the run's to ask for. */
export function shareNeeds(component: RevenueShareComponent, plan: PlanDocument): ShareNeeds {
  const bases = plan.bases ?? {};
  const base = typeof component.base === "string" ? bases[component.base] : component.base;
  const dimensions = new Set([...component.netting, ...rateDimensions(component)]);
  if (base !== undefined) for (const name of baseDimensions(base)) dimensions.add(name);
  return {
    customers: looksAtCustomers(component) || dimensions.has("customer"),
    events: base !== undefined && asksAboutEvents(base, bases),
    dimensions: [...dimensions].sort(),
  };
}

/** Dimensions that a base looks up: of its variants, products, and of tables in its terms. */
export function baseDimensions(base: Base): string[] {
  const variants = (base.variants ?? []).flatMap((variant) => Object.keys(variant.when));
  const lists = [base.terms, ...(base.variants ?? []).map((variant) => variant.terms)];
  const tables = lists.flat().flatMap((term) => {
    const body = "add" in term ? term.add : term.deduct;
    if (typeof body === "string") return [];
    const value = "times" in body ? body.times : "rate" in body ? body.rate : null;
    if (value === null || typeof value === "string" || !("rows" in value)) return [];
    return value.rows.flatMap((row) => Object.keys(row.when));
  });
  return [...new Set([...variants, ...tables, ...(base.products === undefined ? [] : ["product"])])].sort();
}
