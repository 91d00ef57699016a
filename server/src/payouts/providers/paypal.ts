import type { ToldStatus } from "../core/life.ts";
import { amountText, json, refusedSignIn, undecided, withoutAnswer } from "./answers.ts";
import type {
  Answer,
  Connection,
  Http,
  HttpAnswer,
  Provider,
  ProviderOrder,
  TakenPayment,
  Webhook,
} from "./contracts.ts";

/**
 * PayPal Payouts REST API v1 (https://developer.paypal.com/docs/api/payments.payouts-batch/v1/).
 * Once only: PayPal refuses a `sender_batch_id` that it took in the last thirty days and names the payout that has it, so asking again with the same id
 * is how one looks whether it was taken.
 */
export function paypal(connection: Connection, http: Http, base: string): Provider {
  const calls = signedIn(connection, http, base);
  return {
    submit: (order) => submit(order, calls),
    look: async (order) => (order.reference === null ? [] : await itemsOf(order.reference, calls)),
    verify: (webhook) => verify(webhook, connection, calls),
  };
}

type Calls = (
  method: "GET" | "POST",
  path: string,
  body?: string,
  headers?: Record<string, string>,
) => Promise<HttpAnswer>;
type Signed = { readonly call: Calls; readonly token: () => Promise<Answer | string> };

/** OAuth 2 by client credentials; a token is kept until a minute before it ends. */
function signedIn(connection: Connection, http: Http, base: string): Signed {
  const { clientId = "", clientSecret = "" } = connection.credentials;
  let kept: string | undefined;
  const token = async (): Promise<Answer | string> => {
    if (kept !== undefined) return kept;
    const answer = await http({
      method: "POST",
      url: `${base}/v1/oauth2/token`,
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
    });
    const problem = refusedSignIn(answer);
    if (problem !== null) return problem;
    kept = String(json(answer).access_token ?? "");
    return kept;
  };
  const call: Calls = async (method, path, body, headers = {}) => {
    const bearer = await token();
    if (typeof bearer !== "string") throw new Error("PayPal refused the credentials");
    return await http({
      method,
      url: `${base}${path}`,
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
  };
  return { call, token };
}

async function submit(order: ProviderOrder, { call, token }: Signed): Promise<Answer> {
  try {
    const bearer = await token().catch((error: unknown) => neverTaken(error));
    if (typeof bearer !== "string")
      return bearer.kind === "unknown"
        ? { kind: "later", why: bearer.why, afterMs: 60_000, text: bearer.text }
        : bearer;
    const answer = await call("POST", "/v1/payments/payouts", bodyOf(order), { "paypal-request-id": order.key });
    const waiting = undecided(answer);
    if (waiting !== null) return waiting;
    const body = json(answer);
    if (answer.status === 201 || answer.status === 200) {
      const reference = String(body.batch_header?.payout_batch_id ?? "");
      return reference === ""
        ? { kind: "unknown", why: "no_answer", text: "PayPal's answer has no batch." }
        : taken(order, reference, []);
    }
    const original = originalOf(answer);
    if (original === null)
      return { kind: "refused", why: "turned_down", code: String(body.name ?? answer.status), text: textOf(body) };
    return taken(order, original, await itemsOf(original, { call, token }));
  } catch (error) {
    return withoutAnswer(error);
  }
}

/** Signing in takes nothing, whatever becomes of it. */
function neverTaken(error: unknown): Answer {
  return {
    kind: "later",
    why: "not_reached",
    afterMs: 60_000,
    text: `PayPal was not reached: ${(error as Error).message}`,
  };
}

function bodyOf(order: ProviderOrder): string {
  return JSON.stringify({
    sender_batch_header: { sender_batch_id: order.key, email_subject: "Your commission" },
    items: order.payments.map((one) => ({
      recipient_type: one.receiver.includes("@") ? "EMAIL" : "PAYPAL_ID",
      amount: { value: amountText(one.minor, one.currency), currency: one.currency },
      receiver: one.receiver,
      note: one.note,
      sender_item_id: one.key,
    })),
  });
}

/** The payout that has this sender_batch_id already: PayPal links it in its refusal. */
function originalOf(answer: HttpAnswer): string | null {
  const body = json(answer);
  const details: readonly { field?: string; issue?: string }[] = body.details ?? [];
  const duplicate =
    details.some((one) => /sender_batch_id/i.test(`${one.field} ${one.issue}`)) ||
    /sender_batch_id/i.test(textOf(body));
  if (!duplicate) return null;
  const links: readonly { href?: string }[] = body.links ?? [];
  // only the id is taken from the link: where to call stands in the program
  return (
    links
      .map((one) => /\/v1\/payments\/payouts\/([A-Za-z0-9]+)/.exec(one.href ?? "")?.[1])
      .find((id) => id !== undefined) ?? null
  );
}

function textOf(body: { message?: string; details?: readonly { issue?: string }[] }): string {
  return [body.message, ...(body.details ?? []).map((one) => one.issue)].filter(Boolean).join(" ").slice(0, 500);
}

function taken(order: ProviderOrder, reference: string, known: readonly TakenPayment[]): Answer {
  const byId = new Map(known.map((one) => [one.payoutId, one]));
  const payments = order.payments.map(
    ({ payoutId }): TakenPayment =>
      byId.get(payoutId) ?? { payoutId, providerRef: null, status: "pending", told: "PENDING", reason: null },
  );
  return { kind: "taken", reference, payments };
}

const PAGE = 1000;

async function itemsOf(reference: string, { call }: Signed): Promise<readonly TakenPayment[]> {
  const found: TakenPayment[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await call(
      "GET",
      `/v1/payments/payouts/${encodeURIComponent(reference)}?page_size=${PAGE}&page=${page}`,
    );
    if (answer.status !== 200) throw new Error(`PayPal answered ${answer.status} for ${reference}`);
    const body = json(answer);
    const items: readonly Item[] = body.items ?? [];
    const denied = body.batch_header?.batch_status === "DENIED";
    found.push(...items.map((item) => paymentOf(item, denied)));
    if (items.length < PAGE) return found;
  }
}

interface Item {
  readonly payout_item_id?: string;
  readonly transaction_status?: string;
  readonly payout_item?: { readonly sender_item_id?: string };
  readonly errors?: { readonly name?: string; readonly message?: string };
}

/** Statuses of https://developer.paypal.com/docs/api/payments.payouts-batch/v1/#definition-transaction_enum */
const STATUS: Readonly<Record<string, ToldStatus>> = {
  SUCCESS: "settled",
  DENIED: "rejected",
  FAILED: "rejected",
  BLOCKED: "rejected",
  CANCELED: "rejected",
  RETURNED: "returned",
  REFUNDED: "returned",
  REVERSED: "returned",
  UNCLAIMED: "accepted",
  ONHOLD: "accepted",
  PENDING: "pending",
  NEW: "pending",
};

function paymentOf(item: Item, denied: boolean): TakenPayment {
  const told = item.transaction_status ?? (denied ? "DENIED" : "PENDING");
  const { name, message } = item.errors ?? {};
  return {
    payoutId: item.payout_item?.sender_item_id ?? "",
    providerRef: item.payout_item_id ?? null,
    status: STATUS[told] ?? "pending",
    told,
    reason: name === undefined ? null : { code: name, text: message ?? "" },
  };
}

/** PayPal says itself whether a notice is its own (POST /v1/notifications/verify-webhook-signature); the body goes back as the bytes it came in. */
async function verify(webhook: Webhook, connection: Connection, { call }: Signed) {
  const header = (name: string) => webhook.headers[`paypal-${name}`] ?? "";
  const fields = {
    auth_algo: header("auth-algo"),
    cert_url: header("cert-url"),
    transmission_id: header("transmission-id"),
    transmission_sig: header("transmission-sig"),
    transmission_time: header("transmission-time"),
    webhook_id: connection.credentials.webhookId ?? "",
  };
  if (Object.values(fields).some((value) => value === ""))
    return { genuine: false as const, why: "a signature header, or the webhook id, is missing" };
  const event = Buffer.from(webhook.body).toString("utf8");
  const body = `${JSON.stringify(fields).slice(0, -1)},"webhook_event":${event}}`;
  const answer = await call("POST", "/v1/notifications/verify-webhook-signature", body);
  if (answer.status >= 500 || answer.status === 429) throw new Error(`PayPal could not verify: ${answer.status}`);
  const status = json(answer).verification_status;
  return status === "SUCCESS"
    ? { genuine: true as const, look: true }
    : { genuine: false as const, why: `PayPal says ${status ?? answer.status}` };
}
