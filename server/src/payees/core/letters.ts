import type { AccountDetail, PayeeLanguage } from "@tributary/contract";

interface Words {
  readonly payee: string;
  /** Masked. */
  readonly detail: AccountDetail;
  readonly payableFrom: Date | null;
}

type Kind = "detail_proposed" | "detail_approved" | "detail_refused";
interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** What the contact that stood before a change is written: it says what to do when nobody there asked for it. */
export function detailLetter(kind: Kind, words: Words, language: PayeeLanguage): Letter {
  const { subject, lines } = TEXTS[language](kind, words.payee, detailText(words.detail), dayText(words.payableFrom));
  return { subject, text: lines.join("\n\n") };
}

const PROVIDERS: Readonly<Record<string, string>> = { paypal: "PayPal", wise: "Wise", payoneer: "Payoneer" };

/** `ES ••••6789 EUR`, or `Payoneer MA ••••53 EUR`, the same in every language: enough to recognise one's own account, not enough to use it. */
export function detailText(detail: AccountDetail): string {
  const hidden = Object.entries(detail.fields).find(([name, value]) => name !== "bic" && value.includes("•"));
  const account = hidden === undefined ? "" : `••••${hidden[1].slice(-4).replaceAll("•", "")}`;
  return [PROVIDERS[detail.method], detail.country, account, detail.currency].filter(Boolean).join(" ");
}

function dayText(at: Date | null): string {
  return at === null ? "" : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

type Texts = (
  kind: Kind,
  payee: string,
  detail: string,
  from: string,
) => { readonly subject: string; readonly lines: readonly string[] };

const TEXTS: Readonly<Record<PayeeLanguage, Texts>> = {
  en: (kind, payee, detail, from) => ({
    subject: {
      detail_proposed: `New payment details were entered for ${payee}`,
      detail_approved: `Payment details of ${payee} were changed`,
      detail_refused: `Payment details of ${payee} were refused`,
    }[kind],
    lines: [
      {
        detail_proposed: `Somebody asked that ${payee} be paid to ${detail}. Nothing has changed yet: the request is being checked.`,
        detail_approved: `${payee} will be paid to ${detail}, not before ${from}.`,
        detail_refused: `The request to pay ${payee} to ${detail} was refused. Nothing has changed.`,
      }[kind],
      "If you did not ask for this, tell your account manager at once. Do not reply to this mail with payment details.",
    ],
  }),
  es: (kind, payee, detail, from) => ({
    subject: {
      detail_proposed: `Se han introducido nuevos datos de pago de ${payee}`,
      detail_approved: `Han cambiado los datos de pago de ${payee}`,
      detail_refused: `Se han rechazado los datos de pago de ${payee}`,
    }[kind],
    lines: [
      {
        detail_proposed: `Alguien ha pedido que ${payee} cobre en ${detail}. Aún no ha cambiado nada: la petición se está comprobando.`,
        detail_approved: `${payee} cobrará en ${detail}, no antes del ${from}.`,
        detail_refused: `Se ha rechazado la petición de pagar a ${payee} en ${detail}. No ha cambiado nada.`,
      }[kind],
      "Si usted no lo ha pedido, avise enseguida a su gestor de cuenta. No conteste a este correo con datos de pago.",
    ],
  }),
  de: (kind, payee, detail, from) => ({
    subject: {
      detail_proposed: `Neue Zahlungsdaten für ${payee} eingegangen`,
      detail_approved: `Zahlungsdaten von ${payee} geändert`,
      detail_refused: `Zahlungsdaten von ${payee} abgelehnt`,
    }[kind],
    lines: [
      {
        detail_proposed: `Es wurde beantragt, ${payee} auf ${detail} auszuzahlen. Noch hat sich nichts geändert: der Antrag wird geprüft.`,
        detail_approved: `${payee} wird auf ${detail} ausgezahlt, nicht vor dem ${from}.`,
        detail_refused: `Der Antrag, ${payee} auf ${detail} auszuzahlen, wurde abgelehnt. Es hat sich nichts geändert.`,
      }[kind],
      "Wenn Sie das nicht veranlasst haben, verständigen Sie bitte sofort Ihren Ansprechpartner. Antworten Sie auf diese Nachricht nicht mit Zahlungsdaten.",
    ],
  }),
};
