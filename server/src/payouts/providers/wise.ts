import { createSign, createVerify } from "node:crypto";
import type { ToldStatus } from "../core/life.ts";
import { amountText, json, undecided, withoutAnswer } from "./answers.ts";
import type {
  Answer,
  Connection,
  Http,
  HttpAnswer,
  HttpRequest,
  Provider,
  ProviderOrder,
  ProviderPayment,
  TakenPayment,
  Webhook,
} from "./contracts.ts";

/**
 * Wise Platform API (https://docs.wise.com/api-reference): a quote, a transfer, its funding from the balance, one payment after the other.
 * Once only: a transfer with a `customerTransactionId` that Wise knows is that transfer again, and one is funded only while it waits for money.
 */
export function wise(connection: Connection, http: Http, base: string): Provider {
  const call = caller(connection, http, base);
  return {
    submit: (order) => submit(order, connection, call),
    look: (order) => look(order.payments, call),
    verify: async (webhook) => verify(webhook, connection),
  };
}

type Call = (method: "GET" | "POST", path: string, body?: unknown) => Promise<HttpAnswer>;

/**
 * Funding may ask for strong customer authentication: Wise answers 403 with a one-time token, which is signed with the key whose public half it has
 * (https://docs.wise.com/guides/developer/auth-and-security/sca-and-2fa).
 */
function caller(connection: Connection, http: Http, base: string): Call {
  const { token = "", privateKey } = connection.credentials;
  return async (method, path, body) => {
    const request: HttpRequest = {
      method,
      url: `${base}${path}`,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await http(request);
    const oneTime = answer.headers["x-2fa-approval"];
    if (answer.status !== 403 || oneTime === undefined || privateKey === undefined) return answer;
    const signature = createSign("RSA-SHA256").update(oneTime).sign(privateKey, "base64");
    return await http({
      ...request,
      headers: { ...request.headers, "x-2fa-approval": oneTime, "x-signature": signature },
    });
  };
}

async function submit(order: ProviderOrder, connection: Connection, call: Call): Promise<Answer> {
  const done: TakenPayment[] = [];
  for (const payment of order.payments) {
    const answer = await pay(payment, order.sourceCurrency, connection, call).catch(withoutAnswer);
    // The first that is undecided ends the order: what went before has its keys and is found again.
    if ("kind" in answer)
      return answer.kind === "refused" && done.length > 0
        ? { kind: "later", why: answer.why, afterMs: 15 * 60_000, text: answer.text }
        : answer;
    done.push(answer);
  }
  return { kind: "taken", reference: null, payments: done };
}

async function pay(
  payment: ProviderPayment,
  sourceCurrency: string,
  connection: Connection,
  call: Call,
): Promise<TakenPayment | Answer> {
  const profile = encodeURIComponent(connection.credentials.profileId ?? "");
  const quote = await call("POST", `/v3/profiles/${profile}/quotes`, {
    sourceCurrency,
    targetCurrency: payment.currency,
    targetAmount: Number(amountText(payment.minor, payment.currency)),
    targetAccount: Number(payment.receiver),
    payOut: "BALANCE",
  });
  const noQuote = refusal(quote, payment);
  // A quote moves nothing: without an answer to it nothing was taken.
  if (noQuote !== null)
    return "kind" in noQuote && noQuote.kind === "unknown"
      ? { kind: "later", why: noQuote.why, afterMs: 60_000, text: noQuote.text }
      : noQuote;
  const made = await call("POST", "/v1/transfers", {
    targetAccount: Number(payment.receiver),
    quoteUuid: json(quote).id,
    customerTransactionId: payment.key,
    details: { reference: payment.note.slice(0, 35) },
  });
  const notMade = refusal(made, payment);
  if (notMade !== null) return notMade;
  const transfer = json(made);
  if (transfer.status !== "incoming_payment_waiting") return taken(payment, transfer);
  return await fund(payment, transfer, profile, call);
}

async function fund(
  payment: ProviderPayment,
  transfer: Transfer,
  profile: string,
  call: Call,
): Promise<TakenPayment | Answer> {
  const funded = await call("POST", `/v3/profiles/${profile}/transfers/${transfer.id}/payments`, { type: "BALANCE" });
  const problem = refusal(funded, payment, transfer);
  if (problem !== null) return problem;
  const { status, errorCode } = json(funded);
  if (status === "COMPLETED") return taken(payment, { ...transfer, status: "processing" });
  // Money is missing on the balance: the transfer waits, and funding it again is the next attempt.
  return {
    kind: "later",
    why: "not_funded",
    afterMs: 15 * 60_000,
    text: `Wise did not fund the transfer: ${errorCode ?? status}`,
  };
}

interface Transfer {
  readonly id?: number;
  readonly status?: string;
}

/** A payment that Wise turns down is rejected alone: the others go on. */
function refusal(answer: HttpAnswer, payment: ProviderPayment, transfer?: Transfer): TakenPayment | Answer | null {
  if (answer.status >= 200 && answer.status < 300) return null;
  const waiting = undecided(answer);
  if (waiting !== null) return waiting;
  if (answer.status === 401 || answer.status === 403)
    return {
      kind: "refused",
      why: "credentials",
      code: String(answer.status),
      text: "Wise does not accept the credentials of this connection.",
    };
  // A transfer that exists is cancelled by nobody: its funding is tried again.
  if (transfer !== undefined)
    return {
      kind: "later",
      why: "not_funded",
      afterMs: 15 * 60_000,
      text: `Wise answered ${answer.status} to the funding.`,
    };
  const [first] = (json(answer).errors ?? []) as readonly { code?: string; message?: string }[];
  const reason = { code: first?.code ?? String(answer.status), text: first?.message ?? "Wise turned it down." };
  return { payoutId: payment.payoutId, providerRef: null, status: "rejected", told: String(answer.status), reason };
}

/** https://docs.wise.com/guides/product/send-money/tracking-transfers */
const STATUS: Readonly<Record<string, ToldStatus>> = {
  incoming_payment_waiting: "pending",
  incoming_payment_initiated: "pending",
  processing: "accepted",
  funds_converted: "accepted",
  outgoing_payment_sent: "settled",
  bounced_back: "accepted",
  funds_refunded: "returned",
  charged_back: "returned",
  cancelled: "rejected",
  unknown: "pending",
};

function taken(payment: ProviderPayment, transfer: Transfer): TakenPayment {
  const told = transfer.status ?? "unknown";
  const back = told === "funds_refunded" || told === "cancelled";
  return {
    payoutId: payment.payoutId,
    providerRef: transfer.id === undefined ? null : String(transfer.id),
    status: STATUS[told] ?? "pending",
    told,
    reason: back ? { code: told, text: "Wise ended the transfer." } : null,
  };
}

async function look(payments: readonly ProviderPayment[], call: Call): Promise<readonly TakenPayment[]> {
  const found: TakenPayment[] = [];
  for (const payment of payments) {
    if (payment.providerRef == null) continue;
    const answer = await call("GET", `/v1/transfers/${encodeURIComponent(payment.providerRef)}`);
    if (answer.status === 404) continue;
    if (answer.status !== 200) throw new Error(`Wise answered ${answer.status}`);
    found.push(taken(payment, json(answer)));
  }
  return found;
}

/** RSA with SHA-256 over the body as it came; the public key is Wise's, kept with the connection. */
function verify(webhook: Webhook, connection: Connection) {
  const signature = webhook.headers["x-signature-sha256"];
  const { webhookPublicKey } = connection.credentials;
  if (signature === undefined || webhookPublicKey === undefined)
    return { genuine: false as const, why: "the signature, or Wise's public key, is missing" };
  const genuine = createVerify("RSA-SHA256").update(webhook.body).verify(webhookPublicKey, signature, "base64");
  return genuine ? { genuine, look: true } : { genuine: false as const, why: "the signature does not hold" };
}
