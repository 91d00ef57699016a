import { createHmac, timingSafeEqual } from "node:crypto";
import type { ToldStatus } from "../core/life.ts";
import { amountText, json, refusedSignIn, undecided, withoutAnswer } from "./answers.ts";
import type {
  Answer,
  Connection,
  Http,
  HttpAnswer,
  Provider,
  ProviderOrder,
  ProviderPayment,
  TakenPayment,
  Webhook,
} from "./contracts.ts";

/**
 * Payoneer Mass Payouts API v4 (https://developer.payoneer.com/docs/mass-payouts-and-services.html).
 * Once only: each payment carries a `client_reference_id`, which Payoneer takes once and under which its status is read.
 */
export function payoneer(
  connection: Connection,
  http: Http,
  base: { readonly api: string; readonly login: string },
): Provider {
  const program = encodeURIComponent(connection.credentials.programId ?? "");
  const call = caller(connection, http, base);
  return {
    submit: (order) => submit(order, program, call),
    look: (order) => look(order.payments, program, call),
    verify: async (webhook) => verify(webhook, connection),
  };
}

type Call = (method: "GET" | "POST", path: string, body?: unknown) => Promise<HttpAnswer>;

/** Signing in failed: nothing was asked of the payouts. */
class NoToken extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super("Payoneer gave no token");
    this.answer = answer;
  }
}

function caller(connection: Connection, http: Http, base: { readonly api: string; readonly login: string }): Call {
  const { clientId = "", clientSecret = "" } = connection.credentials;
  let token: string | undefined;
  const signIn = async (): Promise<string> => {
    const answer = await http({
      method: "POST",
      url: `${base.login}/api/v2/oauth2/token`,
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials&scope=read%20write",
    }).catch((error: unknown) => {
      throw new NoToken({
        kind: "later",
        why: "not_reached",
        afterMs: 60_000,
        text: `Payoneer was not reached: ${(error as Error).message}`,
      });
    });
    const problem = refusedSignIn(answer);
    if (problem?.kind === "unknown")
      throw new NoToken({ kind: "later", why: problem.why, afterMs: 60_000, text: problem.text });
    if (problem !== null) throw new NoToken(problem);
    return String(json(answer).access_token ?? "");
  };
  return async (method, path, body) => {
    token ??= await signIn();
    return await http({
      method,
      url: `${base.api}${path}`,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
}

async function submit(order: ProviderOrder, program: string, call: Call): Promise<Answer> {
  try {
    const known = order.again ? await look(order.payments, program, call) : [];
    const found = new Set(known.map((one) => one.payoutId));
    const fresh = order.payments.filter((one) => !found.has(one.payoutId));
    if (fresh.length === 0) return { kind: "taken", reference: order.key, payments: known };
    const answer = await call("POST", `/v4/programs/${program}/masspayouts`, {
      Payments: fresh.map((one) => ({
        client_reference_id: one.key,
        payee_id: one.receiver,
        description: one.note,
        currency: one.currency,
        amount: amountText(one.minor, one.currency),
      })),
    });
    const waiting = undecided(answer);
    if (waiting !== null) return waiting;
    if (answer.status < 200 || answer.status > 299) return refused(answer);
    const made = await look(fresh, program, call);
    return { kind: "taken", reference: order.key, payments: [...known, ...completed(fresh, made)] };
  } catch (error) {
    return error instanceof NoToken ? error.answer : withoutAnswer(error);
  }
}

function refused(answer: HttpAnswer): Answer {
  const { error, error_description: description, error_details: details } = json(answer);
  const text = [description, ...(Array.isArray(details) ? details.map((one) => JSON.stringify(one)) : [])]
    .filter(Boolean)
    .join(" ");
  return {
    kind: "refused",
    why: "turned_down",
    code: String(error ?? answer.status),
    text: text.slice(0, 500) || "Payoneer turned it down.",
  };
}

function completed(asked: readonly ProviderPayment[], made: readonly TakenPayment[]): readonly TakenPayment[] {
  const byId = new Map(made.map((one) => [one.payoutId, one]));
  return asked.map(
    ({ payoutId }) =>
      byId.get(payoutId) ?? { payoutId, providerRef: null, status: "pending", told: "Pending", reason: null },
  );
}

async function look(
  payments: readonly ProviderPayment[],
  program: string,
  call: Call,
): Promise<readonly TakenPayment[]> {
  const found: TakenPayment[] = [];
  for (const payment of payments) {
    const answer = await call("GET", `/v4/programs/${program}/payouts/${encodeURIComponent(payment.key)}/status`);
    if (answer.status === 404) continue;
    if (answer.status !== 200) throw new Error(`Payoneer answered ${answer.status}`);
    found.push(paymentOf(payment, json(answer).result ?? {}));
  }
  return found;
}

const STATUS: Readonly<Record<string, ToldStatus>> = {
  transferred: "settled",
  completed: "settled",
  cancelled: "rejected",
  canceled: "rejected",
  rejected: "rejected",
  failed: "rejected",
  returned: "returned",
  pending: "pending",
  "pending payee": "accepted",
  processing: "accepted",
};

interface Told {
  readonly payout_id?: string;
  readonly status?: string;
  readonly reason_code?: string;
  readonly reason_description?: string;
}

function paymentOf(payment: ProviderPayment, told: Told): TakenPayment {
  const word = told.status ?? "Pending";
  const status = STATUS[word.toLowerCase()] ?? "pending";
  const { reason_code: code, reason_description: text } = told;
  const reason = code === undefined && text === undefined ? null : { code: code ?? "", text: text ?? "" };
  return { payoutId: payment.payoutId, providerRef: told.payout_id ?? null, status, told: word, reason };
}

/**
 * Payoneer signs notices with HMAC-SHA256 over the body under the secret that its console gives. Whatever a notice says, the state is read from the API: a
 * notice only makes us look.
 */
function verify(webhook: Webhook, connection: Connection) {
  const { webhookSecret } = connection.credentials;
  const given = webhook.headers["x-payoneer-signature"] ?? webhook.headers["x-signature"];
  if (webhookSecret === undefined || given === undefined)
    return { genuine: false as const, why: "the signature, or its secret, is missing" };
  const expected = createHmac("sha256", webhookSecret).update(webhook.body).digest();
  const sent = Buffer.from(
    given.replace(/^sha256=/, ""),
    /^[0-9a-f]{64}$/i.test(given.replace(/^sha256=/, "")) ? "hex" : "base64",
  );
  const genuine = sent.length === expected.length && timingSafeEqual(sent, expected);
  return genuine ? { genuine, look: true } : { genuine: false as const, why: "the signature does not hold" };
}
