import { PlanDocument } from "@tributary/contract";
import type { z } from "zod";
import { type Finding, finding, type Say } from "./findings.ts";
import { FORMS, insteadOf } from "./forms.ts";
import { withNamedBases } from "./named-bases.ts";
import { numbersAsText } from "./numbers-as-text.ts";
import { pathOf } from "./walk.ts";

type Issue = z.core.$ZodIssue;

export type ParsedPlan =
  | { readonly plan: PlanDocument; readonly findings: readonly [] }
  | { readonly plan: undefined; readonly findings: readonly Finding[] };

/** The document through the schema: the plan with every default written out, or what is wrong with it, each at its place. */
export function parsePlan(document: unknown, say: Say): ParsedPlan {
  const parsed = parsedWith(document);
  if (parsed.success) return { plan: withNamedBases(parsed.data), findings: [] };
  const found = parsed.error.issues
    .flatMap((issue) => innermost(issue, []))
    .map((issue) => withValue(sentence(issue, say), issue, document, say));
  const seen = new Set<string>();
  return { plan: undefined, findings: found.filter((one) => !seen.has(one.path) && seen.add(one.path)) };
}

/** What stands there, where it is one word or number that the sentence does not name by itself. */
function withValue(found: Finding, issue: Issue, document: unknown, say: Say): Finding {
  const value = issue.path.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[name] : undefined),
    document,
  );
  if (!["string", "number", "boolean"].includes(typeof value) || found.message.includes(String(value))) return found;
  const shown = String(value).slice(0, 60);
  return { ...found, message: `${found.message} ${say(`It says ${shown}.`, `Dice ${shown}.`)}` };
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

function sentence(issue: Issue, say: Say): Finding {
  const path = pathOf(issue.path);
  const [message, wayOut = wayOutOf(issue, say)] = words(issue, say);
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

function words(issue: Issue, say: Say): readonly [string, string?] {
  const name = String(issue.path.at(-1) ?? say("document", "documento"));
  switch (issue.code) {
    case "unrecognized_keys":
      return [
        say(`There is no field ${issue.keys.join(", ")} here.`, `Aquí no hay ningún campo ${issue.keys.join(", ")}.`),
        insteadOf(issue.keys, say),
      ];
    case "invalid_type":
      return wrongType(issue, name, say);
    case "invalid_value":
      return [
        say(
          `${name} is one of: ${issue.values.map(String).join(", ")}.`,
          `${name} es uno de: ${issue.values.map(String).join(", ")}.`,
        ),
      ];
    case "invalid_format":
      return [
        say(
          `${name} is not written as it has to be: ${issue.message}.`,
          `${name} no está escrito como debe: ${spanishFormat(issue.message)}.`,
        ),
      ];
    case "too_small":
      return [
        say(
          `${name} is too small: at least ${issue.minimum}.`,
          `${name} es demasiado pequeño: al menos ${issue.minimum}.`,
        ),
      ];
    case "too_big":
      return [
        say(
          `${name} is too large: at most ${issue.maximum}.`,
          `${name} es demasiado grande: como máximo ${issue.maximum}.`,
        ),
      ];
    case "invalid_union":
      return [
        say(
          `${name} has none of the forms that it may have.`,
          `${name} no tiene ninguna de las formas que puede tener.`,
        ),
      ];
    default:
      return [say(`${name}: ${issue.message}.`, `${name}: ${issue.message}.`)];
  }
}

function wrongType(
  issue: Extract<Issue, { code: "invalid_type" }>,
  name: string,
  say: Say,
): readonly [string, string?] {
  const { input } = issue;
  if (input === undefined && !/received (?:number|string|object|array|boolean|null)/.test(issue.message))
    return [say(`${name} is missing.`, `Falta ${name}.`)];
  if (issue.expected === "string" && /received number/.test(issue.message))
    return [
      say(
        `${name} is a number of more than fifteen digits; write it as text, so that no digit is lost.`,
        `${name} es un número de más de quince cifras; escríbalo como texto, para que no se pierda ninguna.`,
      ),
      say('Put it in quotes: "120.00".', 'Póngalo entre comillas: "120.00".'),
    ];
  return [
    say(
      `${name} has to be of another kind (${issue.expected}).`,
      `${name} tiene que ser de otro tipo (${issue.expected}).`,
    ),
  ];
}

const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/amount like/, "escriba un importe como 120.00: dígitos y un punto, sin coma ni separador de miles"],
  [/share of one/, "escriba una parte de uno: 0.30 es 30 %"],
  [/number like/, "escriba un número como 1.5: dígitos y un punto"],
  [/lower case letters/, "letras minúsculas, dígitos y guiones bajos, empezando por una letra"],
  [/date/i, "escriba un día como 2026-03-31"],
];

function spanishFormat(message: string): string {
  return FORMATS.find(([pattern]) => pattern.test(message))?.[1] ?? message;
}
