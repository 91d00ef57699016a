import type { Base, PlanDocument } from "@tributary/contract";
import { isNode, isText, places } from "./walk.ts";

/**
 * The plan with those bases declared that a metric asks for by name and a component spells out: `base: { name: ngr, … }` with tiers on
 * `{ base: ngr }`. A name under which components spell out different bases stays undeclared, and is refused.
 */
export function withNamedBases(plan: PlanDocument): PlanDocument {
  const spelledOut = new Map<string, Base>();
  const ambiguous = new Set<string>();
  for (const component of plan.components) {
    const base = component.model === "revenue_share" ? component.base : undefined;
    if (base === undefined || typeof base === "string") continue;
    const known = spelledOut.get(base.name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(base)) ambiguous.add(base.name);
    spelledOut.set(base.name, base);
  }
  const added = asked(plan).flatMap((name) => {
    const base = spelledOut.get(name);
    return base === undefined || ambiguous.has(name) || plan.bases?.[name] !== undefined ? [] : [[name, base] as const];
  });
  return added.length === 0 ? plan : { ...plan, bases: { ...plan.bases, ...Object.fromEntries(added) } };
}

/** Names of bases that metrics ask for. */
function asked(plan: PlanDocument): string[] {
  return places(plan).flatMap(({ node }) => {
    const metrics = [node.metric, ...(Array.isArray(node.ratio) ? node.ratio : [])];
    return metrics.flatMap((metric) => (isNode(metric) && isText(metric.base) ? [metric.base] : []));
  });
}
