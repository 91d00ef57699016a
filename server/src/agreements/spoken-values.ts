import type { NegotiableValue, PlanDocument } from "@tributary/contract";
import { renderSections, type Sentence } from "../plans/index.ts";
import { negotiableValues } from "./core/plan-values.ts";

/** The values of a plan that can be talked about, each with the sentence in which it stands and the clause of the signed terms. */
export function spokenValues(plan: PlanDocument): { readonly currency: string; readonly data: NegotiableValue[] } {
  const [english, spanish] = (["en", "es"] as const).map((language) =>
    renderSections(plan, language).flatMap((section) => section.sentences),
  );
  const places = new Map(plan.components.map((one, index) => [one.code, `components[${index}]`]));
  const data = negotiableValues(plan).map((one): NegotiableValue => {
    const code = one.component ?? "";
    const path = `${places.get(code) ?? ""}${one.path.slice(code.length)}`;
    const [en, es] = [sentenceAt(english ?? [], path), sentenceAt(spanish ?? [], path)];
    const clause = plan.components.find((component) => component.code === code)?.clause ?? null;
    return { ...one, says: en === undefined || es === undefined ? null : { en, es }, clause };
  });
  return { currency: plan.currency, data };
}

/** The sentence that says the place, or the nearest one around it. */
function sentenceAt(sentences: readonly Sentence[], path: string): string | undefined {
  const around = sentences.filter(
    (one) => path === one.path || path.startsWith(`${one.path}.`) || path.startsWith(`${one.path}[`),
  );
  return around.toSorted((a, b) => b.path.length - a.path.length)[0]?.text;
}
