import type { Match, PlanDocument } from "@tributary/contract";
import { percent } from "../../../kernel/decimal.ts";
import type { Say } from "../findings.ts";

/** One sentence of a plan in plain language, and the place in the document that it says. Level 1 stands under the sentence before it. */
export interface Sentence {
  readonly path: string;
  readonly text: string;
  readonly level: 0 | 1 | 2;
}

export interface Speaker {
  readonly say: Say;
  readonly plan: Pick<PlanDocument, "currency">;
}

export function sentence(path: string, text: string, level: Sentence["level"] = 0): Sentence {
  return { path, text, level };
}

export function amount(speaker: Speaker, text: string): string {
  return `${figure(speaker, text)} ${speaker.plan.currency}`;
}

/** An exact number as the language writes it: Spanish has a decimal comma, and sets off thousands from five digits on. */
export function figure({ say }: Speaker, text: string): string {
  const [whole = "", places] = text.split(".");
  const spaced = whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return say(text, places === undefined ? spaced : `${spaced},${places}`);
}

/** `12.5 %` */
export function share(speaker: Speaker, rate: string): string {
  const [number = "", sign = ""] = percent(rate).split(" ");
  return `${figure(speaker, number)} ${sign}`;
}

export function count(
  { say }: Speaker,
  number: number,
  [one, many]: readonly [string, string],
  [uno, varios]: readonly [string, string],
): string {
  return say(`${number} ${number === 1 ? one : many}`, `${number} ${number === 1 ? uno : varios}`);
}

export const days = (speaker: Speaker, number: number) => count(speaker, number, ["day", "days"], ["día", "días"]);
export const months = (speaker: Speaker, number: number) =>
  count(speaker, number, ["month", "months"], ["mes", "meses"]);

/** `a, b and c`. */
export function series(items: readonly string[], joint: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${joint} ${items.at(-1)}`;
}

export const and = ({ say }: Speaker, items: readonly string[]) => series(items, say("and", "y"));
export const or = ({ say }: Speaker, items: readonly string[]) => series(items, say("or", "o"));

/** `country DE or AT, and product casino` */
export function match(speaker: Speaker, of: Match): string {
  return and(
    speaker,
    Object.entries(of).map(([name, values]) => `${dimension(speaker, name)} ${or(speaker, values)}`),
  );
}

const DIMENSIONS: Readonly<Record<string, string>> = {
  country: "país",
  product: "producto",
  brand: "marca",
  symbol: "símbolo",
  group: "grupo",
  symbol_group: "grupo de símbolos",
  licence: "licencia",
  customer: "cliente",
  partner: "socio",
  device: "dispositivo",
  method: "método",
  status: "estado",
  platform: "plataforma",
  account_type: "tipo de cuenta",
};

export function dimension({ say }: Speaker, name: string): string {
  const plain = name.replaceAll("_", " ");
  return say(plain, DIMENSIONS[name] ?? plain);
}

const THINGS: Readonly<Record<string, readonly [string, string]>> = {
  registration: ["registration", "registro"],
  registrations: ["registrations", "registros"],
  kyc_passed: ["identity verified (KYC)", "identidad verificada (KYC)"],
  first_deposit: ["first deposit", "primer depósito"],
  first_deposits: ["first deposits", "primeros depósitos"],
  first_sale: ["first sale", "primera venta"],
  first_trade: ["first trade", "primera operación"],
  first_payment: ["first payment", "primer pago"],
  click: ["click", "clic"],
  clicks: ["clicks", "clics"],
  unique_clicks: ["unique clicks", "clics únicos"],
  impressions: ["impressions", "impresiones"],
  install: ["install", "instalación"],
  deposit: ["deposits", "depósitos"],
  deposits: ["deposits in all", "depósitos en total"],
  withdrawals: ["withdrawals in all", "retiros en total"],
  net_deposits: ["deposits less withdrawals", "depósitos menos retiros"],
  active_days: ["active days", "días activos"],
  active_customers: ["active customers", "clientes activos"],
  customers: ["customers", "clientes"],
  qualified: ["customers who qualified", "clientes que calificaron"],
  sub_partners: ["sub-partners", "subsocios"],
  lots: ["lots", "lotes"],
  chargeback: ["chargeback", "contracargo"],
  refund: ["refund", "reembolso"],
  sale: ["sale", "venta"],
  trade: ["trade", "operación"],
  amount: ["what the component would pay", "lo que pagaría el componente"],
};

/** What people call a measure, a milestone or a type of event; its code when there is no word for it. */
export function thing({ say }: Speaker, code: string): string {
  const words = THINGS[code];
  return words === undefined ? code : say(words[0], words[1]);
}

const COUNTED: Readonly<Record<string, readonly [string, string]>> = {
  active_days: ["active days", "días activos"],
  chargeback: ["chargebacks", "contracargos"],
  deposit: ["deposits", "depósitos"],
  refund: ["refunds", "reembolsos"],
  sale: ["sales", "ventas"],
  trade: ["trades", "operaciones"],
  withdrawal: ["withdrawals", "retiros"],
};

/** Events of a type as they are counted: several of them. */
export function countedEvents({ say }: Speaker, type: string): string {
  const [english, spanish]: readonly [string, string] = COUNTED[type] ?? [
    `events of type ${type}`,
    `eventos de tipo ${type}`,
  ];
  return say(english, spanish);
}

const STARTS: Readonly<Record<string, readonly [string, string]>> = {
  registration: ["registration", "el registro"],
  first_deposit: ["the first deposit", "el primer depósito"],
  first_sale: ["the first sale", "la primera venta"],
  first_trade: ["the first trade", "la primera operación"],
  first_payment: ["the first payment", "el primer pago"],
  kyc_passed: ["the verification of identity (KYC)", "la verificación de identidad (KYC)"],
  click: ["the click", "el clic"],
  install: ["the install", "la instalación"],
};

/** What a window or a term begins with, as a part of a sentence. */
export function startOf(speaker: Speaker, code: string): string {
  const words = STARTS[code];
  return words === undefined ? thing(speaker, code) : speaker.say(words[0], words[1]);
}
