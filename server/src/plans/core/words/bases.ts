import type { Base, BaseTerm, BaseTermValue } from "@tributary/contract";
import type { z } from "zod";
import { amount, and, match, or, type Sentence, type Speaker, sentence, share } from "./parts.ts";
import { value } from "./values.ts";

type BaseOf = z.infer<typeof Base>;

/** `ngr = ggr − bonus − fees`, or the measure's own name where the base is that measure. */
export function renderBase(speaker: Speaker, base: BaseOf): string {
  const formula = terms(speaker, base.terms);
  return formula === base.name ? base.name : `${base.name} = ${formula}`;
}

function terms(speaker: Speaker, of: readonly BaseTerm[]): string {
  return of
    .map((term, index) =>
      "add" in term
        ? `${index === 0 ? "" : " + "}${part(speaker, term.add)}`
        : `${index === 0 ? "−" : " − "}${part(speaker, term.deduct)}`,
    )
    .join("");
}

function part(speaker: Speaker, of: BaseTermValue): string {
  const { say } = speaker;
  if (typeof of === "string") return of;
  const fields = of as Readonly<Record<string, unknown>>;
  if ("lowestOf" in fields)
    return say(`the lowest of (${list(speaker, fields.lowestOf)})`, `lo menor de (${list(speaker, fields.lowestOf)})`);
  if ("highestOf" in fields)
    return say(
      `the highest of (${list(speaker, fields.highestOf)})`,
      `lo mayor de (${list(speaker, fields.highestOf)})`,
    );
  if ("base" in fields) return `[${String(fields.base)}]`;
  if ("over" in of) return `${of.measure} / ${of.over}`;
  if ("times" in of) return `${of.measure} × ${deep(speaker, value(speaker, of.times, "", "factor"))}`;
  if ("per" in of) {
    const per = of.per === "period" ? say("a month", "al mes") : say(`for each ${of.per}`, `por cada ${of.per}`);
    const each =
      typeof of.amount === "string"
        ? amount(speaker, of.amount)
        : deep(speaker, value(speaker, of.amount, "", "amount"));
    return `${named(of.name)}${each} ${per}`;
  }
  return "rate" in of ? percentage(speaker, of) : JSON.stringify(of);
}

function percentage(speaker: Speaker, of: Extract<BaseTermValue, { rate: unknown }>): string {
  const { say } = speaker;
  const base =
    of.of === "remainder"
      ? say("what is left so far", "lo que queda hasta ahí")
      : typeof of.of === "string"
        ? of.of
        : `(${of.of.join(" + ")})`;
  const limits = [
    ...(of.each?.atLeast === undefined
      ? []
      : [
          say(
            `at least ${amount(speaker, of.each.atLeast)} for each event`,
            `al menos ${amount(speaker, of.each.atLeast)} por evento`,
          ),
        ]),
    ...(of.each?.atMost === undefined
      ? []
      : [
          say(
            `at most ${amount(speaker, of.each.atMost)} for each event`,
            `como máximo ${amount(speaker, of.each.atMost)} por evento`,
          ),
        ]),
    ...(of.atLeast === undefined
      ? []
      : [say(`at least ${amount(speaker, of.atLeast)} a month`, `al menos ${amount(speaker, of.atLeast)} al mes`)]),
    ...(of.atMost === undefined
      ? []
      : [say(`at most ${amount(speaker, of.atMost)} a month`, `como máximo ${amount(speaker, of.atMost)} al mes`)]),
    ...(of.negative === "as_is" ? [say("also where that is negative", "también si es negativo")] : []),
  ];
  const rate =
    typeof of.rate === "string" ? share(speaker, of.rate) : deep(speaker, value(speaker, of.rate, "", "rate"));
  return `${named(of.name)}${rate} ${say("of", "de")} ${base}${limits.length === 0 ? "" : ` (${and(speaker, limits)})`}`;
}

/** A value with its rows in one line. */
function deep(_speaker: Speaker, of: { readonly inline: string; readonly below: readonly Sentence[] }): string {
  return of.below.length === 0 ? of.inline : `${of.inline} [${of.below.map((one) => one.text).join(" ")}]`;
}

const named = (name: string | undefined) => (name === undefined ? "" : `${name}: `);

function list(speaker: Speaker, of: unknown): string {
  return Array.isArray(of) ? of.map((one) => part(speaker, one as BaseTermValue)).join("; ") : "";
}

/** What the lead sentence of a base leaves out: variants, products, the floor. */
export function baseSentences(speaker: Speaker, base: BaseOf, path: string): Sentence[] {
  const { say } = speaker;
  return [
    ...(base.variants ?? []).map((variant, index) =>
      sentence(
        `${path}.variants[${index}]`,
        say(
          `For ${match(speaker, variant.when)} the base is ${terms(speaker, variant.terms)}.`,
          `Para ${match(speaker, variant.when)} la base es ${terms(speaker, variant.terms)}.`,
        ),
        1,
      ),
    ),
    ...(base.products === undefined
      ? []
      : [
          sentence(
            `${path}.products`,
            say(
              `Only these products count: ${or(speaker, base.products)}.`,
              `Solo cuentan estos productos: ${or(speaker, base.products)}.`,
            ),
            1,
          ),
        ]),
    ...(base.floor === "zero"
      ? [sentence(`${path}.floor`, say("The base is never below zero.", "La base nunca es inferior a cero."), 1)]
      : []),
  ];
}

/** A base by its name, or spelled out in place. */
export function baseOrName(speaker: Speaker, of: unknown, path: string): { inline: string; below: Sentence[] } {
  if (typeof of === "string") return { inline: speaker.say(`the base ${of}`, `la base ${of}`), below: [] };
  const base = of as BaseOf;
  return { inline: renderBase(speaker, base), below: baseSentences(speaker, base, path) };
}
