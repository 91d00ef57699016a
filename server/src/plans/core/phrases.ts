/** The words of the plain-language rendering. A language is complete or the type check fails. */
export type Language = "en" | "es";

export interface Phrases {
  readonly currency: (code: string) => string;
  readonly cpa: (code: string, amount: string) => string;
  readonly share: (code: string, percent: string, base: string) => string;
  readonly products: (list: string) => string;
  readonly qualifies: string;
  readonly firstDeposit: (amount: string) => string;
  readonly deposits: (amount: string) => string;
  readonly milestone: Readonly<Record<"registration" | "kyc_passed" | "first_deposit", string>>;
  readonly all: string;
  readonly any: string;
  readonly within: (days: number, start: "registration" | "first_deposit") => string;
  readonly noWindow: string;
  readonly clawback: (events: string, days: number | "ever") => string;
  readonly clawbackEvent: Readonly<Record<"chargeback" | "refund", string>>;
  readonly noClawback: string;
  readonly and: string;
  readonly or: string;
  readonly hold: (days: number, from: "earned" | "month_end") => string;
  readonly noHold: string;
  readonly carryNone: string;
  readonly carryFull: string;
  readonly conversion: (at: "day" | "month_end") => string;
  readonly rounding: Readonly<Record<"half_up" | "half_even" | "down", string>>;
  readonly clause: (text: string) => string;
}

const days = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    currency: (code) => `Amounts are in ${code}.`,
    cpa: (code, amount) => `${code}: ${amount} for each customer who qualifies, once in the customer's life.`,
    share: (code, percent, base) =>
      `${code}: ${percent} % of ${base}, all customers together, month by month; never below zero.`,
    products: (list) => `Only these products count: ${list}.`,
    qualifies: "A customer qualifies with",
    firstDeposit: (amount) => `a first deposit of at least ${amount}`,
    deposits: (amount) => `deposits of at least ${amount} in all`,
    milestone: {
      registration: "a registration",
      kyc_passed: "identity verified (KYC)",
      first_deposit: "a first deposit",
    },
    all: "all of",
    any: "any of",
    within: (count, start) =>
      `within ${days(count, "day", "days")} after ${start === "registration" ? "registration" : "the first deposit"}, the last day included`,
    noWindow: "There is no date by which a customer has to qualify.",
    clawback: (events, limit) =>
      `A ${events} ${limit === "ever" ? "at any time" : `within ${days(limit, "day", "days")} after qualification`} takes the whole amount back.`,
    clawbackEvent: { chargeback: "chargeback", refund: "refund" },
    noClawback: "Chargebacks and refunds do not take it back.",
    and: "and",
    or: "or",
    hold: (count, from) =>
      `Payable ${days(count, "day", "days")} after ${from === "earned" ? "it was earned" : "the end of the month"}.`,
    noHold: "Payable at once.",
    carryNone: "A negative month is forgotten: every month starts at zero.",
    carryFull: "A negative base is carried into the following months until it is used up.",
    conversion: (at) =>
      `Other currencies are converted at the European Central Bank's rate of ${at === "day" ? "the day" : "the last day of the month"}.`,
    rounding: {
      half_up: "Each line is rounded once, halves away from zero.",
      half_even: "Each line is rounded once, halves to the even digit.",
      down: "Each line is rounded once, towards zero.",
    },
    clause: (text) => `Terms: ${text}.`,
  },
  es: {
    currency: (code) => `Los importes son en ${code}.`,
    cpa: (code, amount) => `${code}: ${amount} por cada cliente que califica, una vez en la vida del cliente.`,
    share: (code, percent, base) =>
      `${code}: ${percent} % de ${base}, todos los clientes juntos, mes a mes; nunca por debajo de cero.`,
    products: (list) => `Solo cuentan estos productos: ${list}.`,
    qualifies: "Un cliente califica con",
    firstDeposit: (amount) => `un primer depósito de al menos ${amount}`,
    deposits: (amount) => `depósitos de al menos ${amount} en total`,
    milestone: {
      registration: "un registro",
      kyc_passed: "identidad verificada (KYC)",
      first_deposit: "un primer depósito",
    },
    all: "todo lo siguiente",
    any: "cualquiera de lo siguiente",
    within: (count, start) =>
      `en los ${days(count, "día", "días")} posteriores ${start === "registration" ? "al registro" : "al primer depósito"}, incluido el último día`,
    noWindow: "No hay fecha límite para calificar.",
    clawback: (events, limit) =>
      `Un ${events} ${limit === "ever" ? "en cualquier momento" : `en los ${days(limit, "día", "días")} posteriores a la calificación`} retira todo el importe.`,
    clawbackEvent: { chargeback: "contracargo", refund: "reembolso" },
    noClawback: "Los contracargos y reembolsos no lo retiran.",
    and: "y",
    or: "o",
    hold: (count, from) =>
      `Pagadero ${days(count, "día", "días")} después de ${from === "earned" ? "ganarse" : "fin de mes"}.`,
    noHold: "Pagadero de inmediato.",
    carryNone: "Un mes negativo se olvida: cada mes empieza de cero.",
    carryFull: "Una base negativa pasa a los meses siguientes hasta agotarse.",
    conversion: (at) =>
      `Otras monedas se convierten al tipo del Banco Central Europeo ${at === "day" ? "del día" : "del último día del mes"}.`,
    rounding: {
      half_up: "Cada línea se redondea una vez, la mitad alejándose de cero.",
      half_even: "Cada línea se redondea una vez, la mitad hacia la cifra par.",
      down: "Cada línea se redondea una vez, hacia cero.",
    },
    clause: (text) => `Condiciones: ${text}.`,
  },
};
