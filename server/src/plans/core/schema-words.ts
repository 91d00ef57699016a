import type { z } from "zod";
import type { Say } from "./findings.ts";

type Issue = z.core.$ZodIssue;

/** What a value has to be, said for people: `a list: [ … ]`. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  string: ["text", "un texto"],
  number: ["a number, without quotes", "un número, sin comillas"],
  int: ["a whole number without quotes, like 3", "un número entero sin comillas, como 3"],
  boolean: ["true or false, without quotes", "true o false, sin comillas"],
  array: ["a list: [ … ]", "una lista: [ … ]"],
  object: ["an object with fields: { … }", "un objeto con campos: { … }"],
  record: ["an object with fields: { … }", "un objeto con campos: { … }"],
};

/** Formats whose field has no words of its own. */
const FORMATS: Readonly<Record<string, readonly [string, string]>> = {
  date: ["a day, like 2026-03-31", "un día, como 2026-03-31"],
  datetime: ["an instant, like 2026-03-31T22:15:00Z", "un instante, como 2026-03-31T22:15:00Z"],
};

const CURRENCY = [
  "three capital letters of ISO 4217, like EUR. A token without one (USDT) is stated in the currency that it follows: USD",
  "tres mayúsculas de ISO 4217, como EUR. Un token que no las tiene (USDT) se indica en la moneda que sigue: USD",
] as const;
const MONTH = ["a month, like 2026-03", "un mes, como 2026-03"] as const;

const NAMED: Readonly<Record<string, readonly [string, string]>> = {
  currency: CURRENCY,
  month: MONTH,
  payout: MONTH,
  count: ["a whole number of things, like 60", "un número entero, como 60"],
  from: FORMATS.date ?? MONTH,
  to: CURRENCY,
};

/** What fields' own sentences are in Spanish. */
const OWN: readonly (readonly [RegExp, string])[] = [
  [/amount like/, "escriba un importe como 120.00: dígitos y un punto, sin coma ni separador de miles"],
  [/share of one/, "escriba una parte de uno: 0.30 es 30 %"],
  [/number like/, "escriba un número como 1.5: dígitos y un punto"],
  [/lower case letters/, "letras minúsculas, dígitos y guiones bajos, empezando por una letra"],
];

/** Sentences that the validator makes up by itself: nobody who writes a plan can use them. */
const RAW = /^(Invalid|Too (small|big)|Unrecognized|Expected|Required)|must match pattern|received /;

export function isRaw(message: string): boolean {
  return RAW.test(message);
}

/**
 * What is wrong with a value, for every kind of complaint that the validator has: what is wanted, with an example, never its own words.
 * @param name of the field
 * @param value that stands there, undefined where nothing does or it is not known
 */
export function schemaWords(issue: Issue, name: string, value: unknown, say: Say): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return say(
        `There is no field ${issue.keys.join(", ")} here.`,
        `Aquí no hay ningún campo ${issue.keys.join(", ")}.`,
      );
    case "invalid_type":
      return say(`${name} has to be ${kind(issue.expected)[0]}.`, `${name} tiene que ser ${kind(issue.expected)[1]}.`);
    case "invalid_value":
      return say(
        `${name} is one of: ${issue.values.map(String).join(", ")}.`,
        `${name} es uno de: ${issue.values.map(String).join(", ")}.`,
      );
    case "invalid_format":
      return format(issue, name, value, say);
    case "too_small":
      return bound(name, issue.origin, issue.minimum, "least", say);
    case "too_big":
      return bound(name, issue.origin, issue.maximum, "most", say);
    case "not_multiple_of":
      return say(
        `${name} has to be a multiple of ${issue.divisor}.`,
        `${name} tiene que ser un múltiplo de ${issue.divisor}.`,
      );
    case "invalid_key":
      return say(
        `${name} is no name: write lower case letters, digits and underscores, beginning with a letter, like country.`,
        `${name} no es un nombre: letras minúsculas, dígitos y guiones bajos, empezando por una letra, como country.`,
      );
    case "custom":
      if (!isRaw(issue.message)) return `${name}: ${issue.message}.`.replace(/\.\.$/, ".");
      return noForm(name, say);
    default:
      return noForm(name, say);
  }
}

function noForm(name: string, say: Say): string {
  return say(
    `${name} has none of the forms that it may have.`,
    `${name} no tiene ninguna de las formas que puede tener.`,
  );
}

function kind(expected: string): readonly [string, string] {
  return KINDS[expected] ?? ["written in another way", "escrito de otra manera"];
}

function format(issue: Extract<Issue, { code: "invalid_format" }>, name: string, value: unknown, say: Say): string {
  if (issue.format === "date" && typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return say(`The day ${value} does not exist.`, `El día ${value} no existe.`);
  if (!isRaw(issue.message)) {
    const spanish = OWN.find(([pattern]) => pattern.test(issue.message))?.[1] ?? issue.message;
    return say(
      `${name} is not written as it has to be: ${issue.message}.`,
      `${name} no está escrito como debe: ${spanish}.`,
    );
  }
  const wanted =
    FORMATS[issue.format] ?? NAMED[name] ?? (["written in another way", "escrito de otra manera"] as const);
  return say(`${name} has to be ${wanted[0]}.`, `${name} tiene que ser ${wanted[1]}.`);
}

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  string: ["letters", "letras"],
  array: ["entries", "elementos"],
};

function bound(name: string, origin: string, limit: number | bigint, which: "least" | "most", say: Say): string {
  const unit = UNITS[origin];
  if (unit === undefined)
    return which === "least"
      ? say(`${name} is too small: at least ${limit}.`, `${name} es demasiado pequeño: al menos ${limit}.`)
      : say(`${name} is too large: at most ${limit}.`, `${name} es demasiado grande: como máximo ${limit}.`);
  if (which === "least" && Number(limit) === 1) return say(`${name} is empty.`, `${name} está vacío.`);
  return which === "least"
    ? say(`${name} needs at least ${limit} ${unit[0]}.`, `${name} necesita al menos ${limit} ${unit[1]}.`)
    : say(`${name} has more than ${limit} ${unit[0]}.`, `${name} tiene más de ${limit} ${unit[1]}.`);
}
