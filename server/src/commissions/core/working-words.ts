import type { PlanLanguage } from "@tributary/contract";

export type Language = PlanLanguage;

type Values = Readonly<Record<string, string>>;

/** The words of a working. A language is complete or the type check fails. */
export interface Words {
  /** Of whom or of when an amount is: `customer c-1`. */
  readonly subject: Readonly<Record<"customer" | "partner" | "period" | "event", (subject: string) => string>>;
  readonly rate: string;
  readonly amountEach: string;
  readonly clause: (clause: string) => string;
  readonly rateOf: (source: string, published: string, asked: string) => string;
  readonly missed: (reason: string, values: Values) => string;
  readonly qualified: string;
  readonly clawedBack: (kind: string) => string;
  readonly amount: string;
  readonly noLongerEarned: string;
  readonly payableFrom: (days: number, from: "earned" | "month_end" | "event", business: boolean) => string;
  /** What an amount waits for that has no day: gate, cap, event. */
  readonly waitsFor: Readonly<Record<string, string>>;
  readonly tierNeeds: (metric: string, from: string, reached: string) => string;
  readonly tierBelow: string;
  readonly tier: (name: string, value: string) => string;
  readonly special: (name: string, value: string) => string;
  readonly specialOnly: (what: string) => string;
  readonly specialFrom: (day: string) => string;
  readonly specialUntil: (day: string) => string;
  readonly specialFirst: string;
  readonly ownValue: (value: string) => string;
  readonly limitOpen: string;
  readonly limit: (name: string, limit: string) => string;
  readonly atMost: (limit: string) => string;
  readonly or: string;
  readonly and: string;
  readonly rounding: Readonly<Record<string, string>>;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    subject: {
      customer: (subject) => `customer ${subject}`,
      partner: (subject) => `on sub-partner ${subject}`,
      period: (subject) => subject,
      event: (subject) => subject,
    },
    rate: "Rate",
    amountEach: "Amount",
    clause: (clause) => `Clause ${clause} of the terms`,
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
    clawedBack: (kind) => `Taken back after a ${kind}`,
    amount: "Amount of the plan",
    noLongerEarned: "The facts behind it are gone: nothing is earned",
    payableFrom: (days, from, business) =>
      days === 0
        ? "Payable once the month is over, from"
        : `Held ${days} ${business ? "business days" : "days"} after ${from === "earned" ? "it was earned" : from === "event" ? "the order or event itself" : "the month's end"}; payable from`,
    waitsFor: {
      gate: "Held until a later month fulfils the condition of the terms",
      cap: "Held for a decision: it is over a limit of the terms",
      event: "Held until the event that the terms name has happened",
      jurisdiction: "Held for compliance: a rule of the jurisdiction forbids it as things stand",
    },
    tierNeeds: (metric, from, reached) => `needs ${from} (${metric}); ${reached} were reached`,
    tierBelow: "a higher tier was reached",
    tier: (name, value) => `Tier ${name}: ${value}`,
    special: (name, value) => `Special terms ${name}: ${value}`,
    specialOnly: (what) => `only for ${what}; nothing of this line is`,
    specialFrom: (day) => `only from ${day}`,
    specialUntil: (day) => `only until ${day}`,
    specialFirst: "special terms go first for everything here",
    ownValue: (value) => `The value for everything else: ${value}`,
    limitOpen: "not reached",
    limit: (name, limit) => `Cap ${name} (${limit})`,
    atMost: (limit) => `At most ${limit} a month`,
    or: "or",
    and: "and",
    rounding: {
      half_up: "Rounded once, halves away from zero",
      half_even: "Rounded once, halves to even",
      down: "Rounded once, towards zero",
      up: "Rounded once, away from zero",
    },
  },
  es: {
    subject: {
      customer: (subject) => `cliente ${subject}`,
      partner: (subject) => `por el subsocio ${subject}`,
      period: (subject) => subject,
      event: (subject) => subject,
    },
    rate: "Tasa",
    amountEach: "Importe",
    clause: (clause) => `Cláusula ${clause} de las condiciones`,
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
    clawedBack: (kind) => `Retirado tras un ${kind}`,
    amount: "Importe del plan",
    noLongerEarned: "Los hechos que lo sostenían ya no están: no se gana nada",
    payableFrom: (days, from, business) =>
      days === 0
        ? "Pagadero una vez terminado el mes, desde"
        : `Retenido ${days} ${business ? "días hábiles" : "días"} desde ${from === "earned" ? "que se ganó" : from === "event" ? "el propio pedido o evento" : "fin de mes"}; pagadero desde`,
    waitsFor: {
      gate: "Retenido hasta que un mes posterior cumpla la condición de los términos",
      cap: "Retenido a la espera de una decisión: supera un límite de los términos",
      event: "Retenido hasta que ocurra el evento que nombran los términos",
      jurisdiction: "Retenido para cumplimiento: una regla de la jurisdicción lo impide por ahora",
    },
    tierNeeds: (metric, from, reached) => `requiere ${from} (${metric}); se alcanzaron ${reached}`,
    tierBelow: "se alcanzó un nivel superior",
    tier: (name, value) => `Nivel ${name}: ${value}`,
    special: (name, value) => `Condiciones especiales ${name}: ${value}`,
    specialOnly: (what) => `solo para ${what}; nada de esta línea lo es`,
    specialFrom: (day) => `solo desde el ${day}`,
    specialUntil: (day) => `solo hasta el ${day}`,
    specialFirst: "las condiciones especiales van primero para todo lo de aquí",
    ownValue: (value) => `El valor para todo lo demás: ${value}`,
    limitOpen: "no alcanzado",
    limit: (name, limit) => `Límite ${name} (${limit})`,
    atMost: (limit) => `Como mucho ${limit} al mes`,
    or: "o",
    and: "y",
    rounding: {
      half_up: "Redondeado una vez, la mitad alejándose de cero",
      half_even: "Redondeado una vez, la mitad al par",
      down: "Redondeado una vez, hacia cero",
      up: "Redondeado una vez, alejándose de cero",
    },
  },
};
