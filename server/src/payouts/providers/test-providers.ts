import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the next requests are answered with instead, by path. */
export interface Mishap {
  readonly path: RegExp;
  readonly what:
    | "accept, then no answer"
    | "429"
    | "500"
    | "connection reset before reading"
    | { readonly status: number; readonly body: object };
  times: number;
}

/** A payment as the provider has it. */
export interface Held {
  readonly key: string;
  readonly id: string;
  readonly amount: string;
  readonly currency: string;
  readonly receiver: string;
  status: string;
  reason?: string;
}

/**
 * PayPal, Wise and Payoneer on this machine, behaving as their documents say: tokens, idempotency by their keys, duplicate answers, states that move.
 * It counts what money it moved: whatever a client does, one key moves money once.
 */
export class TestProviders {
  readonly #server: Server;
  readonly payments = new Map<string, Held>();
  /** Every time money moved: a key that stands here twice was paid twice. */
  readonly moved: string[] = [];
  readonly asked: string[] = [];
  readonly mishaps: Mishap[] = [];
  readonly wiseKey: KeyObject;
  readonly wisePublicKey: string;
  /** False: Wise has no balance to fund from. */
  balance = true;
  readonly #batches = new Map<string, { id: string; keys: string[]; body: string }>();
  readonly #transfers = new Map<string, { id: number; quote: string; payment: Held; funded: boolean }>();
  #next = 1000;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    this.wiseKey = privateKey;
    this.wisePublicKey = publicKey.export({ type: "spki", format: "pem" }).toString();
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: Error) => response.writeHead(599).end(error.message));
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get addresses() {
    return addressesOn(this.port);
  }

  /** Signs a notice as Wise does. */
  wiseSignature(body: Uint8Array): string {
    return createSign("RSA-SHA256").update(body).sign(this.wiseKey, "base64");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    const mishap = this.mishaps.find((one) => one.times > 0 && one.path.test(`${request.method} ${path}`));
    if (mishap !== undefined) mishap.times -= 1;
    if (mishap?.what === "connection reset before reading") return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    this.asked.push(`${request.method} ${path}`);
    if (mishap?.what === "429") return send(response, 429, { name: "RATE_LIMIT_REACHED" }, { "retry-after": "30" });
    if (mishap?.what === "500") return send(response, 500, {});
    if (typeof mishap?.what === "object") return send(response, mishap.what.status, mishap.what.body);
    const answer = this.#decide(request, path, text);
    if (mishap?.what === "accept, then no answer") return void request.socket.destroy();
    send(response, answer.status, answer.body, answer.headers);
  }

  #decide(request: IncomingMessage, path: string, text: string): Said {
    if (path.endsWith("/oauth2/token")) {
      const basic = Buffer.from(`${request.headers.authorization}`.slice(6), "base64").toString();
      return basic === "id:secret"
        ? said(200, { access_token: "tok", expires_in: 3600 })
        : said(401, { error: "invalid_client" });
    }
    if (request.headers.authorization !== "Bearer tok") return said(401, { error: "invalid_token" });
    if (path.startsWith("/paypal")) return this.#paypal(request.method ?? "", path.slice(7), text);
    if (path.startsWith("/wise")) return this.#wise(request, path.slice(5), text);
    return this.#payoneer(request.method ?? "", path.slice(9), text);
  }

  #hold(key: string, payment: Omit<Held, "key" | "id">): Held {
    this.#next += 1;
    const held = { key, id: `P${this.#next}`, ...payment };
    this.payments.set(key, held);
    this.moved.push(key);
    return held;
  }

  #paypal(method: string, path: string, text: string): Said {
    if (path === "/v1/notifications/verify-webhook-signature") {
      const body = JSON.parse(text);
      const genuine =
        body.transmission_sig === "good" && body.webhook_id === "WH-1" && body.webhook_event.id === "EV-1";
      return said(200, { verification_status: genuine ? "SUCCESS" : "FAILURE" });
    }
    if (method === "POST" && path === "/v1/payments/payouts") return this.#paypalBatch(text);
    const batch = [...this.#batches.values()].find((one) => path.startsWith(`/v1/payments/payouts/${one.id}`));
    if (batch === undefined) return said(404, { name: "RESOURCE_NOT_FOUND" });
    const page = Number(/page=(\d+)$/.exec(path)?.[1] ?? "1");
    const items = batch.keys.slice((page - 1) * 1000, page * 1000).map((key) => {
      const held = this.payments.get(key);
      return {
        payout_item_id: held?.id,
        transaction_status: held?.status,
        payout_item: { sender_item_id: key },
        ...(held?.reason ? { errors: { name: held.reason, message: "as the provider says" } } : {}),
      };
    });
    return said(200, { batch_header: { payout_batch_id: batch.id, batch_status: "PROCESSING" }, items });
  }

  #paypalBatch(text: string): Said {
    const body = JSON.parse(text);
    const id = body.sender_batch_header.sender_batch_id;
    const before = this.#batches.get(id);
    if (before !== undefined)
      return said(400, {
        name: "USER_BUSINESS_ERROR",
        message: "User business error.",
        details: [{ field: "SENDER_BATCH_ID", issue: "Batch with given sender_batch_id already exists" }],
        links: [{ href: `https://api-m.paypal.com/v1/payments/payouts/${before.id}`, rel: "self", method: "GET" }],
      });
    const keys: string[] = [];
    for (const item of body.items) {
      keys.push(item.sender_item_id);
      const { value, currency } = item.amount;
      this.#hold(item.sender_item_id, { amount: value, currency, receiver: item.receiver, status: "PENDING" });
    }
    const batch = { id: randomBytes(6).toString("hex").toUpperCase(), keys, body: text };
    this.#batches.set(id, batch);
    return said(201, { batch_header: { payout_batch_id: batch.id, batch_status: "PENDING" } });
  }

  #wise(request: IncomingMessage, path: string, text: string): Said {
    const body = text === "" ? {} : JSON.parse(text);
    if (path.endsWith("/quotes"))
      return said(200, { id: `quote-${body.targetAmount}-${body.targetCurrency}-${randomBytes(3).toString("hex")}` });
    if (path === "/v1/transfers") return this.#wiseTransfer(body);
    const funding = /\/transfers\/(\d+)\/payments$/.exec(path);
    if (funding !== null) return this.#wiseFund(Number(funding[1]), request);
    const found = [...this.#transfers.values()].find((one) => path === `/v1/transfers/${one.id}`);
    return found === undefined ? said(404, {}) : said(200, { id: found.id, status: found.payment.status });
  }

  #wiseTransfer(body: { customerTransactionId: string; quoteUuid: string; targetAccount: number }): Said {
    const key = body.customerTransactionId;
    const before = this.#transfers.get(key);
    if (before !== undefined) return said(200, { id: before.id, status: before.payment.status });
    if (body.targetAccount === 404)
      return said(422, { errors: [{ code: "NOT_VALID", message: "Recipient does not exist" }] });
    const [, amount = "", currency = ""] = body.quoteUuid.split("-");
    this.#next += 1;
    const payment: Held = {
      key,
      id: String(this.#next),
      amount,
      currency,
      receiver: String(body.targetAccount),
      status: "incoming_payment_waiting",
    };
    this.#transfers.set(key, { id: this.#next, quote: body.quoteUuid, payment, funded: false });
    return said(200, { id: this.#next, status: payment.status });
  }

  #wiseFund(id: number, request: IncomingMessage): Said {
    if (request.headers["x-2fa-approval"] === undefined)
      return said(403, {}, { "x-2fa-approval": "one-time", "x-2fa-approval-result": "REJECTED" });
    if (request.headers["x-signature"] === undefined) return said(403, {});
    const transfer = [...this.#transfers.values()].find((one) => one.id === id);
    if (transfer === undefined) return said(404, {});
    if (!this.balance)
      return said(200, { type: "BALANCE", status: "REJECTED", errorCode: "balance.insufficient_funds" });
    if (transfer.funded)
      return said(409, { errors: [{ code: "ALREADY_FUNDED", message: "Transfer is already funded" }] });
    transfer.funded = true;
    transfer.payment.status = "processing";
    this.payments.set(transfer.payment.key, transfer.payment);
    this.moved.push(transfer.payment.key);
    return said(201, { type: "BALANCE", status: "COMPLETED", errorCode: null });
  }

  #payoneer(method: string, path: string, text: string): Said {
    if (method === "POST" && path === "/v4/programs/77/masspayouts") {
      const { Payments: payments } = JSON.parse(text);
      const twice = payments.filter((one: { client_reference_id: string }) =>
        this.payments.has(one.client_reference_id),
      );
      if (twice.length > 0)
        return said(400, { error: "Bad Request", error_description: "client_reference_id already exists" });
      for (const one of payments) {
        const { client_reference_id: key, amount, currency, payee_id: receiver } = one;
        this.#hold(key, { amount, currency, receiver, status: "Pending" });
      }
      return said(200, { result: "Payments Created" });
    }
    const key = /^\/v4\/programs\/77\/payouts\/([^/]+)\/status$/.exec(path)?.[1] ?? "";
    const held = this.payments.get(decodeURIComponent(key));
    if (held === undefined) return said(404, { error: "Not Found" });
    return said(200, {
      result: { payout_id: held.id, status: held.status, ...(held.reason ? { reason_description: held.reason } : {}) },
    });
  }
}

interface Said {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

function said(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Said {
  return { status, body, headers };
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** Where the providers are when they are on this machine. */
export function addressesOn(port: number) {
  const base = `http://127.0.0.1:${port}`;
  const payoneer = { api: `${base}/payoneer`, login: `${base}/payoneer` };
  const all = { paypal: `${base}/paypal`, wise: `${base}/wise`, payoneer };
  return { live: all, sandbox: all };
}
