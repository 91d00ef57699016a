import type { JurisdictionRule, PlanDocument, Sentence } from "@tributary/contract";
import { componentsOf, type PlanComponent } from "./plan-values.ts";

/** What the rules look at of a partner, on one day. */
export interface LicensedPartner {
  /** ISO 3166-1 of the partner's seat. */
  readonly country: string | null;
  /** In force on that day. The class `none` says that it works there without a licence. */
  readonly licences: readonly { readonly jurisdiction: string; readonly class: string }[];
}

export interface Verdict {
  /** of the component */
  readonly code: string;
  readonly model: string;
  readonly allowed: boolean;
  /** the rule that spoke */
  readonly rule: string;
  readonly jurisdiction: string;
  readonly licence: string;
  readonly sentence: Sentence;
  readonly source: string;
}

const NO_LICENCE = "none";

/**
 * What the rules of the jurisdictions in which a partner works say to the components of a plan: an entry for each rule that forbids one, or warns of one.
 * Components that no rule speaks of have no entry and are allowed. Where a partner holds several licences in a jurisdiction, the one that
 * allows most counts; `none` counts only where it holds no other.
 */
export function allowedComponents(
  rules: readonly JurisdictionRule[],
  partner: LicensedPartner,
  plan: PlanDocument,
): Verdict[] {
  return componentsOf(plan).flatMap((component) =>
    placesOf(partner).flatMap(({ jurisdiction, classes }) => {
      const byClass = classes.map((licence) => verdictsOf(rules, component, jurisdiction, licence));
      return byClass.find((verdicts) => verdicts.every((one) => one.allowed)) ?? byClass[0] ?? [];
    }),
  );
}

/** Every jurisdiction in which the partner works, with the classes of licence that it holds there. */
function placesOf(partner: LicensedPartner): { jurisdiction: string; classes: string[] }[] {
  const places = new Map<string, Set<string>>();
  if (partner.country !== null) places.set(partner.country, new Set());
  for (const { jurisdiction, class: licence } of partner.licences)
    places.set(jurisdiction, (places.get(jurisdiction) ?? new Set()).add(licence));
  return [...places].map(([jurisdiction, held]) => {
    const real = [...held].filter((one) => one !== NO_LICENCE);
    return { jurisdiction, classes: real.length === 0 ? [NO_LICENCE] : real };
  });
}

function verdictsOf(
  rules: readonly JurisdictionRule[],
  component: PlanComponent,
  jurisdiction: string,
  licence: string,
): Verdict[] {
  return rules
    .filter((rule) => rule.jurisdictions.some((one) => covers(one, jurisdiction)))
    .filter((rule) => rule.licences.length === 0 || rule.licences.includes(licence))
    .filter((rule) => speaksAgainst(rule, component))
    .map((rule) => ({
      code: component.code,
      model: component.model,
      allowed: rule.effect === "warn",
      rule: rule.code,
      jurisdiction,
      licence,
      sentence: rule.sentence,
      source: rule.source,
    }));
}

/** The European Economic Area. */
const EEA = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IS IT LI LV LT LU MT NL NO PL PT RO SK SI ES SE".split(" "),
);

/** A rule for a country holds in its states; one for a state holds there only. */
function covers(rule: string, jurisdiction: string): boolean {
  if (rule === "EEA") return EEA.has(jurisdiction.slice(0, 2));
  return rule === jurisdiction || (!rule.includes("-") && jurisdiction.startsWith(`${rule}-`));
}

function speaksAgainst(rule: JurisdictionRule, component: PlanComponent): boolean {
  const named = rule.components.some((one) => one.model === component.model && (!one.flat || isFlat(component)));
  return rule.kind === "only" ? !named : named;
}

/** One fixed amount, not a table or tiers: what a vendor registration calls a flat fee. */
function isFlat(component: PlanComponent): boolean {
  return typeof component.tree.amount === "string";
}
