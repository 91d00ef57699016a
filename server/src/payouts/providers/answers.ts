import { formatDecimal } from "../../kernel/decimal.ts";
import { currency as currencyOf, exponent, money, toDecimal } from "../../kernel/money.ts";
import { type Answer, type HttpAnswer, NotReached } from "./contracts.ts";

/** `12.30`: with all decimals of the currency, as providers write amounts. */
export function amountText(minor: bigint, currency: string): string {
  const text = formatDecimal(toDecimal(money(minor, currency)));
  const places = exponent(currencyOf(currency));
  if (places === 0) return text;
  const [whole = "0", part = ""] = text.split(".");
  return `${whole}.${part.padEnd(places, "0")}`;
}

/** Parsed JSON of an answer, or an empty object: providers answer HTML when they are down. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field
export function json(answer: HttpAnswer): any {
  try {
    return JSON.parse(answer.text);
  } catch {
    return {};
  }
}

const WAIT_MS = 60_000;

/** Whether to come back later, or not to know; null: the provider decided. */
export function undecided(answer: HttpAnswer): Answer | null {
  if (answer.status === 429) {
    const seconds = Number(answer.headers["retry-after"]);
    const afterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : WAIT_MS;
    return { kind: "later", why: "asks_later", afterMs, text: "The provider asks to come back later (429)." };
  }
  if (answer.status >= 500)
    return { kind: "unknown", why: "server_error", text: `The provider answered ${answer.status}.` };
  return null;
}

/** A call that ended without an answer. */
export function withoutAnswer(error: unknown): Answer {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof NotReached)
    return { kind: "later", why: "not_reached", afterMs: WAIT_MS, text: `The provider was not reached: ${text}` };
  return { kind: "unknown", why: "no_answer", text: `No answer: ${text}` };
}

/** What may not be read of a credential problem: the provider's words may repeat what it was sent. */
export function refusedSignIn(answer: HttpAnswer): Answer | null {
  if (answer.status === 401 || answer.status === 403)
    return {
      kind: "refused",
      why: "credentials",
      code: String(answer.status),
      text: "The provider does not accept the credentials of this connection.",
    };
  return undecided(answer);
}
