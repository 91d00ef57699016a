import { PlanDocument } from "@tributary/contract";
import type { z } from "zod";
import { type Finding, finding, type Say } from "./findings.ts";
import { FORMS, insteadOf } from "./forms.ts";
import { misplaced } from "./misplaced.ts";
import { withNamedBases } from "./named-bases.ts";
import { numbersAsText } from "./numbers-as-text.ts";
import { schemaWords } from "./schema-words.ts";
import { isWithin, pathOf } from "./walk.ts";

type Issue = z.core.$ZodIssue;

export type ParsedPlan =
  | { readonly plan: PlanDocument; readonly findings: readonly [] }
  /** `foreign`: those of the findings that name a field which is not in the language at its place. */
  | { readonly plan: undefined; readonly findings: readonly Finding[]; readonly foreign: ReadonlySet<Finding> };

/** The document through the schema: the plan with every default written out, or what is wrong with it, each at its place. */
export function parsePlan(document: unknown, say: Say): ParsedPlan {
  const parsed = parsedWith(document);
  if (parsed.success) return { plan: withNamedBases(parsed.data), findings: [] };
  const issues = parsed.error.issues.flatMap((issue) => innermost(issue, []));
  const foreign = new Set<Finding>();
  const found = issues.map((issue) => {
    const one = withValue(sentence(issue, document, say), issue, document, say);
    if (issue.code === "unrecognized_keys") foreign.add(one);
    return one;
  });
  const wrong = misplaced(document, say);
  const elsewhere = found.filter((one) => !wrong.some(({ path }) => isWithin(one.path, path)));
  const seen = new Set<string>();
  const findings = [...wrong, ...elsewhere].filter((one) => !seen.has(one.path) && seen.add(one.path));
  return { plan: undefined, findings, foreign };
}

/** What stands there, where it is one word or number that the sentence does not name by itself. */
function withValue(found: Finding, issue: Issue, document: unknown, say: Say): Finding {
  const value = valueAt(document, issue.path);
  if (!["string", "number", "boolean"].includes(typeof value) || found.message.includes(String(value))) return found;
  const shown = String(value).slice(0, 60);
  return { ...found, message: `${found.message} ${say(`It says ${shown}.`, `Dice ${shown}.`)}` };
}

/** Of the component that is the place itself, not of something inside of it. */
function modelAt(document: unknown, path: readonly PropertyKey[]): string | undefined {
  const model = path.length === 2 && path[0] === "components" ? valueAt(document, [...path, "model"]) : undefined;
  return typeof model === "string" ? model : undefined;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[name] : undefined),
    document,
  );
}

/** Numbers become text layer by layer: a union says what it wants inside of it only once what is around it fits. */
function parsedWith(document: unknown) {
  let parsed = PlanDocument.safeParse(document);
  let written: unknown = document;
  for (let layer = 0; layer < 6 && !parsed.success; layer += 1) {
    written = numbersAsText(written, parsed.error.issues);
    if (written === null) return parsed;
    parsed = PlanDocument.safeParse(written);
  }
  return parsed;
}

/** Of a union's branches the one that the document came closest to: the deepest, then the one with the fewest complaints. */
function innermost(issue: Issue, above: readonly PropertyKey[]): Issue[] {
  const path = [...above, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ ...issue, path }];
  const branches = issue.errors.map((branch) => branch.flatMap((one) => innermost(one, path)));
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map((one) => one.path.length));
  const kind = (branch: readonly Issue[]) => branch.filter((one) => one.path.length === path.length).length;
  const [best] = branches.toSorted((a, b) => kind(a) - kind(b) || depth(b) - depth(a) || a.length - b.length);
  if (
    best === undefined ||
    best.length === 0 ||
    branches.every((branch) => depth(branch) === path.length && branch.length === 1)
  )
    return [narrowest(branches, issue, path)];
  return best;
}

/** Every branch fails at the value itself: a format complaint says more than "one of these". */
function narrowest(branches: readonly (readonly Issue[])[], issue: Issue, path: PropertyKey[]): Issue {
  const format = branches.flat().find((one) => one.code === "invalid_format" || one.code === "unrecognized_keys");
  return format ?? ({ ...issue, path } as Issue);
}

function sentence(issue: Issue, document: unknown, say: Say): Finding {
  const path = pathOf(issue.path);
  const [message, wayOut = wayOutOf(issue, say)] = words(issue, document, say);
  return finding("error", "not_a_plan", path, message, wayOut);
}

/** How the field is written, where the schema's own words do not say it. */
function wayOutOf(issue: Issue, say: Say): string | undefined {
  const name = String(issue.path.at(-1) ?? "");
  const around = String(issue.path.at(-2) ?? "");
  if (issue.code === "invalid_type" && issue.expected === "array" && ["only", "except", "when"].includes(around))
    return say(`Write a list: { ${name}: [DE] }.`, `Escriba una lista: { ${name}: [DE] }.`);
  if (around === "where") return say(`Write { ${name}: { atLeast: 10 } }.`, `Escriba { ${name}: { atLeast: 10 } }.`);
  const form =
    FORMS[name] ?? (issue.path.length === 0 ? "{ language: 1, currency: EUR, components: [ … ] }" : undefined);
  const isShape = ["invalid_type", "invalid_union", "too_small", "invalid_value"].includes(issue.code);
  const isName = issue.code === "invalid_format" && name === "base";
  return form === undefined || !(isShape || isName) ? undefined : say(`Write ${form}.`, `Escriba ${form}.`);
}

function words(issue: Issue, document: unknown, say: Say): readonly [string, string?] {
  const value = valueAt(document, issue.path);
  const name = String(issue.path.at(-1) ?? say("document", "documento"));
  const sentence = schemaWords(issue, name, value, say);
  if (issue.code === "unrecognized_keys") return [sentence, insteadOf(issue.keys, modelAt(document, issue.path), say)];
  if (issue.code !== "invalid_type") return [sentence];
  if (value === undefined) return [say(`${name} is missing.`, `Falta ${name}.`)];
  if (issue.expected !== "string" || typeof value !== "number") return [sentence];
  return [
    say(
      `${name} is a number of more than fifteen digits, or a negative or very small one; write it as text, so that no digit is lost.`,
      `${name} es un número de más de quince cifras, o negativo o muy pequeño; escríbalo como texto, para que no se pierda ninguna.`,
    ),
    say('Put it in quotes: "120.00".', 'Póngalo entre comillas: "120.00".'),
  ];
}
