import type { DataDefinition } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { FIELD_DEFINITIONS, METRICS_IN_SPANISH } from "./core/definitions.ts";
import { allRules } from "./store/rules.ts";

/** A metric as the reporting room defines it. */
export interface DefinedMetric {
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  readonly description: string;
}

/** What every field and every metric means, with the rules that hold for it. */
export async function listDefinitions(
  ctx: Context,
  actor: Actor,
  metrics: readonly DefinedMetric[],
  language: "en" | "es",
): Promise<{ data: DataDefinition[] }> {
  requirePermission(actor, "governance.read");
  const rules = (await allRules(ctx.db)).filter((rule) => rule.active);
  const say = (words: { readonly en: string; readonly es: string }) => words[language] || words.en;
  const fields = FIELD_DEFINITIONS.map(({ record, field, name, text }) => ({
    id: `${record}.${field}`,
    area: record,
    name: say(name),
    code: field,
    text: say(text),
    formula: "",
    rules: rules
      .filter(({ definition }) => definition.record === record && definition.check.field === field)
      .map(({ definition }) => say(definition.title)),
  }));
  const measured = metrics.map(({ name, title, formula, description }) => {
    const spanish = language === "es" ? METRICS_IN_SPANISH[name] : undefined;
    return {
      id: `metric.${name}`,
      area: "metric",
      name: spanish?.name ?? title,
      code: name,
      text: spanish?.text ?? description,
      formula: spanish?.formula ?? formula,
      rules: [],
    };
  });
  return { data: [...fields, ...measured] };
}
