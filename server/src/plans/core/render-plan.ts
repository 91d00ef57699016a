import type { Component, PlanDocument, PlanLanguage } from "@tributary/contract";
import { sayIn } from "./findings.ts";
import { baseSentences, renderBase } from "./words/bases.ts";
import { qualification } from "./words/customers.ts";
import { COMMON_FIELDS, capText, type FieldWords, gate, rounding } from "./words/fields.ts";
import { MODEL_FIELDS } from "./words/model-fields.ts";
import { LEADS } from "./words/models.ts";
import { amount, count, or, type Sentence, type Speaker, sentence } from "./words/parts.ts";
import { precedence } from "./words/precedence.ts";
import { subPartnerMode } from "./words/sub-partners.ts";

export type { Sentence } from "./words/parts.ts";

/** A part of the plan with what it says, each sentence with the place that it says. */
export interface Section {
  readonly title: string;
  readonly path: string;
  readonly sentences: readonly Sentence[];
}

/** The plan in sentences: what goes into an agreement's text. */
export function renderPlan(plan: PlanDocument, language: PlanLanguage): string[] {
  return renderSections(plan, language).flatMap((section) => section.sentences.map((one) => one.text));
}

/** One component in sentences. */
export function renderComponent(component: Component, currency: string, language: PlanLanguage): string[] {
  return ofComponent({ say: sayIn(language), plan: { currency } }, component, "").map((one) => one.text);
}

/** The whole plan, part by part: the plan itself, its bases, every component, what holds for all of them, and the order in which it decides. */
export function renderSections(plan: PlanDocument, language: PlanLanguage): Section[] {
  const speaker: Speaker = { say: sayIn(language), plan };
  const { say } = speaker;
  return [
    { title: say("The plan", "El plan"), path: "", sentences: general(speaker, plan) },
    ...plan.components.map((component, index) => ({
      title: component.code,
      path: `components[${index}]`,
      sentences: ofComponent(speaker, component, `components[${index}]`),
    })),
    {
      title: say("All components together", "Todos los componentes juntos"),
      path: "payout",
      sentences: together(speaker, plan),
    },
    {
      title: say("What decides, in this order", "Qué decide, en este orden"),
      path: "components",
      sentences: precedence(speaker, plan),
    },
  ].filter((section) => section.sentences.length > 0);
}

function general(speaker: Speaker, plan: PlanDocument): Sentence[] {
  const { say } = speaker;
  return [
    ...(plan.name === undefined ? [] : [sentence("name", `${plan.name}.`)]),
    sentence("currency", say(`Amounts are in ${plan.currency}.`, `Los importes son en ${plan.currency}.`)),
    sentence("conversion", conversion(speaker, plan.conversion)),
    ...(plan.firstDeposit === undefined ? [] : [sentence("firstDeposit", firstDeposit(speaker, plan.firstDeposit))]),
    ...(plan.active === undefined
      ? []
      : qualification(
          speaker,
          plan.active,
          "active",
          say("A customer is active in a month with", "Un cliente está activo en un mes con"),
        )),
    ...Object.entries(plan.bases ?? {}).flatMap(([name, base]) => [
      sentence(
        `bases.${name}`,
        say(`Base ${name}: ${renderBase(speaker, base)}.`, `Base ${name}: ${renderBase(speaker, base)}.`),
      ),
      ...baseSentences(speaker, base, `bases.${name}`),
    ]),
  ];
}

function conversion({ say }: Speaker, of: PlanDocument["conversion"]): string {
  const source =
    of.source === "ecb"
      ? say("the European Central Bank's rate", "el tipo del Banco Central Europeo")
      : say("the rate that the operator states", "el tipo que indica el operador");
  const at = {
    day: say("of the day", "del día"),
    month_average: say("averaged over the month", "promedio del mes"),
    month_end: say("of the last day of the month", "del último día del mes"),
    payout_date: say("of the day of payment", "del día del pago"),
  }[of.at];
  return say(
    `Other currencies are converted at ${source} ${at}.`,
    `Otras monedas se convierten según ${source} ${at}.`,
  );
}

function firstDeposit(speaker: Speaker, of: NonNullable<PlanDocument["firstDeposit"]>): string {
  const { say } = speaker;
  const parts = [
    of.sumHours === undefined
      ? say("the first one alone", "el primero por sí solo")
      : say(
          `all of ${count(speaker, of.sumHours, ["hour", "hours"], ["hora", "horas"])} after the first`,
          `todo lo de ${count(speaker, of.sumHours, ["hora", "horas"], ["hora", "horas"])} desde el primero`,
        ),
    ...(of.atLeast === undefined
      ? []
      : [
          say(
            `less than ${amount(speaker, of.atLeast)} is none`,
            `menos de ${amount(speaker, of.atLeast)} no es ninguno`,
          ),
        ]),
    ...(of.exclude === undefined
      ? []
      : [say(`${or(speaker, of.exclude)} is no deposit`, `${or(speaker, of.exclude)} no es depósito`)]),
  ];
  return say(`The first deposit is ${parts.join("; ")}.`, `El primer depósito es ${parts.join("; ")}.`);
}

function together(speaker: Speaker, plan: PlanDocument): Sentence[] {
  const { say } = speaker;
  const places =
    plan.rounding.places === undefined
      ? ""
      : say(
          ` to ${count(speaker, plan.rounding.places, ["decimal", "decimals"], ["decimal", "decimales"])}`,
          ` a ${count(speaker, plan.rounding.places, ["decimal", "decimals"], ["decimal", "decimales"])}`,
        );
  return [
    ...(plan.gate === undefined ? [] : gate(speaker, plan.gate, "gate")),
    ...(plan.caps ?? []).map((cap, index) => sentence(`caps[${index}]`, capText(speaker, cap))),
    sentence(
      "rounding",
      say(
        `Each line is rounded once${places}, ${rounding(speaker, plan.rounding.mode)}.`,
        `Cada línea se redondea una vez${places}, ${rounding(speaker, plan.rounding.mode)}.`,
      ),
    ),
    ...(plan.payout?.minimum === undefined
      ? []
      : [sentence("payout", minimum(speaker, plan.payout.minimum, plan.payout.bound))]),
  ];
}

function minimum(speaker: Speaker, least: string, bound: "at_least" | "more_than" | undefined): string {
  const { say } = speaker;
  return bound === "more_than"
    ? say(
        `${amount(speaker, least)} or less is not paid out but added to the next month.`,
        `${amount(speaker, least)} o menos no se paga, sino que pasa al mes siguiente.`,
      )
    : say(
        `Less than ${amount(speaker, least)} is not paid out but added to the next month.`,
        `Menos de ${amount(speaker, least)} no se paga, sino que pasa al mes siguiente.`,
      );
}

/** Fields in the order in which people look for them; others follow as they stand. */
const ORDER = ["only", "except", "from", "until", "customers", "qualification", "window", "paidIn", "condition"];
const LAST = ["factors", "overrides", "gate", "caps", "atMost", "atLeast", "hold", "clawback", "clause"];

function ofComponent(speaker: Speaker, component: Component, path: string): Sentence[] {
  const lead = LEADS[component.model];
  const fields = component as unknown as Readonly<Record<string, unknown>>;
  const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) - 100 : LAST.indexOf(name));
  const own = Object.keys(fields)
    .filter((name) => fields[name] !== undefined && !lead.says.includes(name))
    .toSorted((a, b) => rank(a) - rank(b));
  return [
    ...lead.words(speaker, component as never, path),
    ...own.flatMap((name) => field(speaker, component, name, path === "" ? name : `${path}.${name}`)),
  ];
}

/** How a field of a component is said, or undefined when there are no words for it. */
export function fieldWords(model: string, name: string): FieldWords | undefined {
  return (
    MODEL_FIELDS[`${model}.${name}`] ??
    (model === "sub_partner" && name === "pays" ? undefined : (MODEL_FIELDS[name] ?? COMMON_FIELDS[name]))
  );
}

/** Fields that the component's first sentence says by itself. */
export function saidByLead(component: Component["model"]): readonly string[] {
  return component === "sub_partner" ? [...LEADS[component].says, "pays"] : LEADS[component].says;
}

function field(speaker: Speaker, component: Component, name: string, at: string): Sentence[] {
  const fields = component as unknown as Readonly<Record<string, unknown>>;
  if (component.model === "sub_partner" && name === "pays") return subPartnerMode(speaker, component.pays, at);
  const words = fieldWords(component.model, name);
  // A field without words is still said: a plan's text never leaves anything out.
  if (words === undefined) return [sentence(at, `${name}: ${JSON.stringify(fields[name])}.`)];
  return words(speaker, fields[name] as never, at, fields).map((one) =>
    typeof one === "string" ? sentence(at, one) : one,
  );
}
