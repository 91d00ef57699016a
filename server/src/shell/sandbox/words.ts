import type { AttributionRules, TouchKind } from "../../attribution/index.ts";
import { LOSING_REASONS, UNDECIDED_REASONS, WINNING_REASONS } from "../../attribution/index.ts";

export type SandboxLanguage = "en" | "es";

const REASONS_ES: Readonly<Record<string, string>> = {
  last_click: "El último clic contado dentro de la ventana, antes del evento.",
  first_click: "El primer clic contado dentro de la ventana.",
  code: "Un cupón o código de referido que pertenecía entonces al socio.",
  partner_named: "La fuente del evento nombró al socio.",
  click_unknown: "El ID de clic es auténtico, pero el registro ya no tiene ese clic.",
  click_not_ours: "El ID de clic no se emitió aquí.",
  click_not_counted: "El clic no contó: un robot, una precarga o algo estaba en pausa.",
  other_program: "El clic pertenece a otro programa.",
  after_event: "El clic llegó después del evento.",
  window_expired: "El clic es más antiguo que la ventana de atribución del programa.",
  no_touch: "El evento no llevaba ni clic, ni código, ni socio.",
};

const REASONS_EN: Readonly<Record<string, string>> = { ...LOSING_REASONS, ...UNDECIDED_REASONS, ...WINNING_REASONS };

/** Why a customer is, or is not, a partner's. */
export function reasonInWords(code: string, language: SandboxLanguage): string {
  return (language === "es" ? REASONS_ES[code] : undefined) ?? REASONS_EN[code] ?? code;
}

const KINDS: Readonly<Record<SandboxLanguage, Readonly<Record<TouchKind, string>>>> = {
  en: {
    click: "a click",
    code: "a code",
    partner: "the partner that the source names",
    impression: "an impression",
    customer: "the binding that the customer is in",
    manual: "a decision by hand",
  },
  es: {
    click: "un clic",
    code: "un código",
    partner: "el socio que nombra la fuente",
    impression: "una impresión",
    customer: "la vinculación que ya tiene el cliente",
    manual: "una decisión a mano",
  },
};

/** A program's rules of attribution, a sentence each. */
export function attributionInWords(rules: AttributionRules, language: SandboxLanguage): string[] {
  const kinds = rules.priority.map((kind) => KINDS[language][kind]).join(language === "es" ? ", después " : ", then ");
  const days = rules.binding.kind === "days" ? String(rules.binding.days) : "";
  if (language === "es") {
    return [
      rules.model === "first_click" ? "Cuenta el primer clic del visitante." : "Cuenta el último clic del visitante.",
      `Un clic puede reclamar eventos durante ${rules.windowDays} días${rules.windows.length > 0 ? ", salvo las ventanas propias de ofertas y socios" : ""}.`,
      `Orden: primero ${kinds}.`,
      rules.binding.kind === "days"
        ? `El cliente queda vinculado ${days} días.`
        : "El cliente queda vinculado para siempre.",
      rules.existingCustomers === "keep"
        ? "Los clientes ya conocidos no se atribuyen."
        : "También se atribuyen clientes ya conocidos.",
    ];
  }
  return [
    rules.model === "first_click" ? "The visitor's first click counts." : "The visitor's last click counts.",
    `A click may claim events of ${rules.windowDays} days${rules.windows.length > 0 ? ", apart from own windows of offers and partners" : ""}.`,
    `Order: first ${kinds}.`,
    rules.binding.kind === "days" ? `The customer stays bound for ${days} days.` : "The customer stays bound for life.",
    rules.existingCustomers === "keep"
      ? "Customers who were known before are not attributed."
      : "Customers who were known before are attributed too.",
  ];
}

/** What the steps of a rehearsal say. */
export const STEP_WORDS = {
  en: {
    click: (id: string) => `The test click ${id} stands in the log, marked as a test.`,
    noClick: "No test click yet.",
    registered: (name: string) => `Customer ${name} registered.`,
    waitRegistration: "Waiting for a registration with the click ID.",
    would: (reason: string) => `The customer would be this partner's. ${reason}`,
    other: (reason: string) => `The customer would be another partner's. ${reason}`,
    nobody: (reason: string) => `The customer would be nobody's. ${reason}`,
    ftd: (amount: string) => `First deposit or sale: ${amount}.`,
    waitFtd: "Waiting for a first deposit or sale.",
    noTerms: "No agreement is in force: nothing can be earned. Accept one, then test again.",
    notPartners: "The customer would not be this partner's: its agreement is not asked.",
    qualified: "The terms are met. This would be earned (nothing is booked):",
    earned: "This would be earned (nothing is booked):",
    waitTerms: "Not earned yet. What the agreement asks:",
    later: "Decided as soon as events arrive.",
    nothing: "The agreement pays nothing for these events.",
    missing: (component: string) => `${component}:`,
    met: (component: string, day: string) => `${component}: met on ${day}`,
  },
  es: {
    click: (id: string) => `El clic de prueba ${id} está en el registro, marcado como prueba.`,
    noClick: "Aún no hay clic de prueba.",
    registered: (name: string) => `El cliente ${name} se registró.`,
    waitRegistration: "A la espera de un registro con el ID de clic.",
    would: (reason: string) => `El cliente sería de este socio. ${reason}`,
    other: (reason: string) => `El cliente sería de otro socio. ${reason}`,
    nobody: (reason: string) => `El cliente no sería de nadie. ${reason}`,
    ftd: (amount: string) => `Primer depósito o venta: ${amount}.`,
    waitFtd: "A la espera de un primer depósito o venta.",
    noTerms: "No hay acuerdo en vigor: no se puede ganar nada. Acepte uno y repita la prueba.",
    notPartners: "El cliente no sería de este socio: no se consulta su acuerdo.",
    qualified: "Se cumplen las condiciones. Se ganaría esto (no se contabiliza nada):",
    earned: "Se ganaría esto (no se contabiliza nada):",
    waitTerms: "Aún no se gana nada. Lo que pide el acuerdo:",
    later: "Se decide en cuanto lleguen eventos.",
    nothing: "El acuerdo no paga nada por estos eventos.",
    missing: (component: string) => `${component}:`,
    met: (component: string, day: string) => `${component}: cumplido el ${day}`,
  },
} as const;
