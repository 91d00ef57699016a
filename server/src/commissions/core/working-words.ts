import type { PlanLanguage } from "@tributary/contract";

export type Language = PlanLanguage;

type Values = Readonly<Record<string, string>>;

/** The words of a working. A language is complete or the type check fails. */
export interface Words {
  readonly title: (component: string, subject: string) => string;
  readonly models: Readonly<Record<string, string>>;
  readonly conditions: Readonly<Record<string, string>>;
  readonly rate: string;
  readonly rateOf: (source: string, published: string, asked: string) => string;
  readonly missed: (reason: string, values: Values) => string;
  readonly qualified: string;
  readonly notQualified: string;
  readonly clawedBack: (kind: string) => string;
  readonly amount: string;
  readonly base: (name: string) => string;
  readonly carryIn: string;
  readonly baseAfterCarry: string;
  readonly negativeCarried: string;
  readonly negativeDropped: string;
  readonly share: string;
  readonly noLongerEarned: string;
  readonly payableFrom: (days: number, from: "earned" | "month_end") => string;
  readonly rounding: Readonly<Record<string, string>>;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: (component, subject) => `${component}, ${subject}`,
    models: { cpa: "A fixed amount per qualified customer", revenue_share: "A share of revenue" },
    conditions: {
      registration: "registration",
      kyc_passed: "identity verified",
      first_deposit: "first deposit",
      deposits: "deposits in all",
      deposit: "deposit",
    },
    rate: "share",
    rateOf: (source, published, asked) =>
      `${source.toUpperCase()} rate of ${published}${published === asked ? "" : `, the last before ${asked}`}`,
    missed: (reason, values) => {
      if (reason === "too_late") return `met only after ${values.until}, the last day`;
      if (reason === "window_not_started") return "the window has not begun";
      return values.asked === undefined || /^[a-z]/.test(values.asked)
        ? "not there yet"
        : `${values.found} of ${values.asked}`;
    },
    qualified: "Qualified",
    notQualified: "Not qualified",
    clawedBack: (kind) => `Taken back after a ${kind}`,
    amount: "Amount of the plan",
    base: (name) => `Base: ${name}`,
    carryIn: "Carried from the months before",
    baseAfterCarry: "Base after carry",
    negativeCarried: "Negative: nothing is earned, it is carried into the next month",
    negativeDropped: "Negative: nothing is earned, the next month starts at zero",
    share: "Share of the base",
    noLongerEarned: "The facts behind it are gone: nothing is earned",
    payableFrom: (days, from) =>
      `Held ${days} days after ${from === "earned" ? "it was earned" : "the month's end"}; payable from`,
    rounding: {
      half_up: "Rounded once, halves away from zero",
      half_even: "Rounded once, halves to even",
      down: "Rounded once, towards zero",
    },
  },
  es: {
    title: (component, subject) => `${component}, ${subject}`,
    models: { cpa: "Un importe fijo por cliente calificado", revenue_share: "Una parte de los ingresos" },
    conditions: {
      registration: "registro",
      kyc_passed: "identidad verificada",
      first_deposit: "primer depósito",
      deposits: "depósitos en total",
      deposit: "depósito",
    },
    rate: "parte",
    rateOf: (source, published, asked) =>
      `tipo ${source.toUpperCase()} del ${published}${published === asked ? "" : `, el último antes del ${asked}`}`,
    missed: (reason, values) => {
      if (reason === "too_late") return `cumplido solo después del ${values.until}, el último día`;
      if (reason === "window_not_started") return "el plazo no ha empezado";
      return values.asked === undefined || /^[a-z]/.test(values.asked)
        ? "todavía no"
        : `${values.found} de ${values.asked}`;
    },
    qualified: "Calificado",
    notQualified: "No calificado",
    clawedBack: (kind) => `Retirado tras un ${kind === "chargeback" ? "contracargo" : "reembolso"}`,
    amount: "Importe del plan",
    base: (name) => `Base: ${name}`,
    carryIn: "Arrastrado de los meses anteriores",
    baseAfterCarry: "Base tras el arrastre",
    negativeCarried: "Negativa: no se gana nada, pasa al mes siguiente",
    negativeDropped: "Negativa: no se gana nada, el mes siguiente empieza de cero",
    share: "Parte de la base",
    noLongerEarned: "Los hechos que lo sostenían ya no están: no se gana nada",
    payableFrom: (days, from) =>
      `Retenido ${days} días desde ${from === "earned" ? "que se ganó" : "fin de mes"}; pagadero desde`,
    rounding: {
      half_up: "Redondeado una vez, la mitad alejándose de cero",
      half_even: "Redondeado una vez, la mitad al par",
      down: "Redondeado una vez, hacia cero",
    },
  },
};
