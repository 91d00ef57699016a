import type { PlanDocument, PlanLanguage } from "@tributary/contract";
import { ambiguities } from "./ambiguity/ambiguities.ts";
import { type Finding, finding, sayIn } from "./findings.ts";
import { lint } from "./lint/lint.ts";
import { misplaced } from "./misplaced.ts";
import { parsePlan } from "./schema-findings.ts";
import { isWithin } from "./walk.ts";

export type PlanCheck =
  | { readonly valid: true; readonly plan: PlanDocument; readonly findings: readonly Finding[] }
  | { readonly valid: false; readonly findings: readonly Finding[] };

/**
 * Is this a plan that can be read in one way only? The plan comes back with every default written out. Errors make it invalid, warnings and
 * hints do not.
 * @param language of the sentences
 */
export function checkPlan(document: unknown, language: PlanLanguage = "en"): PlanCheck {
  const say = sayIn(language);
  if (isDeeper(document, MOST_DEEP)) {
    const message = say(
      "The document is nested too deeply for a plan.",
      "El documento está anidado demasiado hondo para un plan.",
    );
    return { valid: false, findings: [finding("error", "not_a_plan", "", message)] };
  }
  const unclear = ambiguities(document, say);
  const parsed = parsePlan(document, say);
  if (parsed.plan === undefined) {
    const nowhere = misplaced(document, say).map((one) => one.path);
    const asked = unclear.filter((one) => !nowhere.some((path) => isWithin(one.path, path)));
    const broken = parsed.findings.filter(
      (one) =>
        !asked.some(
          ({ path }) =>
            one.path === path || one.path.startsWith(`${path}.`) || (covers(one, path) && !parsed.foreign.has(one)),
        ),
    );
    return { valid: false, findings: [...asked, ...broken] };
  }
  const findings = [...unclear, ...lint(parsed.plan, say)];
  const valid = findings.every((one) => one.severity !== "error");
  return valid ? { valid, plan: parsed.plan, findings } : { valid, findings };
}

/** Far more levels than the longest condition has; a document that holds itself has no end. */
const MOST_DEEP = 60;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}

/** A union that fails as a whole because of what is asked inside of it. */
function covers(broken: Finding, asked: string): boolean {
  return broken.path !== "" && (asked.startsWith(`${broken.path}.`) || asked.startsWith(`${broken.path}[`));
}
