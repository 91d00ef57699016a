import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { signedHeaders } from "./sign.ts";

export interface TributaryOptions {
  /** address of your Tributary, e.g. `https://partners.example.com` */
  readonly url: string;
  /** API key with the permission events.write: for `send` */
  readonly apiKey?: string;
  /** the program whose events are sent */
  readonly programId?: string;
  /** token and secret of an event source: for `postback`, which is then signed */
  readonly source?: { readonly token: string; readonly secret?: string };
  /** how often a call is tried before it is given up, the first time included; 5 when left out */
  readonly attempts?: number;
  /** milliseconds until one try is given up; 10,000 when left out */
  readonly timeoutMs?: number;
}

/** An event. Amounts are whole units as text (`"49.90"`), so that no cent is lost on the way. */
export interface ConversionEvent {
  readonly type:
    | "registration"
    | "kyc_passed"
    | "deposit"
    | "withdrawal"
    | "trade"
    | "activity"
    | "sale"
    | "refund"
    | "chargeback"
    | (string & {});
  /** your id of the event: it counts once however often it is sent; the same id with other values is a correction */
  readonly externalId?: string;
  /** your id of the customer */
  readonly customerId: string;
  readonly occurredAt?: Date | string;
  readonly amount?: string;
  readonly currency?: string;
  readonly clickId?: string | null;
  /** coupon or referral code */
  readonly code?: string;
  /** true: the event with this external id never happened */
  readonly void?: boolean;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly quantities?: Readonly<Record<string, string | number>>;
  readonly measures?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export interface EventAnswer {
  readonly line: number;
  readonly receipt: string;
  readonly status: "received" | "rejected";
  readonly notes?: readonly { readonly code: string; readonly message: string }[];
  readonly errors?: readonly {
    readonly code: string;
    readonly field: string;
    readonly message: string;
    readonly hint: string;
  }[];
}

export interface SendAnswer {
  readonly received: number;
  readonly rejected: number;
  readonly events: readonly EventAnswer[];
}

/** What Tributary refused: `code` is stable, the message says what to do. Nothing of the call was accepted. */
export class TributaryProblem extends Error {
  readonly code: string;
  readonly status: number;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "TributaryProblem";
    this.code = code;
    this.status = status;
  }
}

const EVENTS_PER_CALL = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Sends events from a server. A call that failed on the way is sent again with the same idempotency key, with growing pauses, so that
 * every event arrives and none counts twice.
 */
export class TributaryClient {
  readonly #options: TributaryOptions;
  readonly #base: string;

  constructor(options: TributaryOptions) {
    this.#options = options;
    this.#base = options.url.replace(/\/+$/, "");
  }

  /**
   * Events by API, as many as you like: they go in calls of 10,000. Events that are wrong are named in the answer, the others count.
   * @throws TributaryProblem when a call as a whole was refused
   */
  async send(events: readonly ConversionEvent[]): Promise<SendAnswer> {
    const { apiKey, programId } = this.#options;
    if (apiKey === undefined || programId === undefined) throw new TypeError("send needs apiKey and programId");
    const answers: EventAnswer[] = [];
    for (let from = 0; from < events.length; from += EVENTS_PER_CALL) {
      const some = events.slice(from, from + EVENTS_PER_CALL);
      const body = JSON.stringify({ programId, events: some });
      const key = randomUUID();
      const answer = await this.#call(`${this.#base}/v1/events`, () => ({
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", "idempotency-key": key },
        body,
      }));
      const taken = (await answer.json()) as { readonly events: readonly EventAnswer[] };
      for (const event of taken.events) answers.push({ ...event, line: event.line + from });
    }
    const rejected = answers.filter((one) => one.status === "rejected").length;
    return { received: answers.length - rejected, rejected, events: answers };
  }

  /**
   * One event to the postback address of an event source; signed when the source's secret is known. Give it an `externalId`: a try
   * whose answer was lost is repeated.
   * @throws TributaryProblem when the event was refused
   */
  async postback(event: ConversionEvent): Promise<{ readonly receipt: string }> {
    const { source } = this.#options;
    if (source === undefined) throw new TypeError("postback needs the token of an event source");
    const url = `${this.#base}/p/${encodeURIComponent(source.token)}`;
    const body = JSON.stringify(event);
    const answer = await this.#call(url, () => ({
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(source.secret === undefined ? {} : signedHeaders({ method: "POST", url, body }, source.secret)),
      },
      body,
    }));
    return (await answer.json()) as { readonly receipt: string };
  }

  /** @param request made anew for every try: a signature tells the time */
  async #call(url: string, request: () => RequestInit): Promise<Response> {
    const { attempts = 5, timeoutMs = 10_000 } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= attempts;
      let pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
      try {
        const answer = await fetch(url, { ...request(), signal: AbortSignal.timeout(timeoutMs) });
        if (answer.ok) return answer;
        if (last || !(answer.status === 429 || answer.status >= 500)) throw await problemOf(answer);
        pause = Math.max(pause, Number(answer.headers.get("retry-after") ?? 0) * 1000);
        await answer.body?.cancel();
      } catch (error) {
        if (last || error instanceof TributaryProblem) throw error;
      }
      await sleep(pause);
    }
  }
}

async function problemOf(answer: Response): Promise<TributaryProblem> {
  const text = await answer.text();
  try {
    const { code, detail, title } = JSON.parse(text) as { code?: string; detail?: string; title?: string };
    return new TributaryProblem(answer.status, code ?? "unknown", detail ?? title ?? text);
  } catch {
    return new TributaryProblem(answer.status, "unknown", text.slice(0, 500));
  }
}

/** Where a visitor's click ID may stand on a request to your server. */
export interface ClickSource {
  /** the request's address, or its query */
  readonly url?: string;
  /** the Cookie header */
  readonly cookie?: string | undefined;
}

const CLICK_ID = /^[0-9a-hjkmnp-tv-z]{45}$/i;

/** The click ID that a visitor arrived with: in the query, else in the cookie that the browser script set. */
export function clickIdFrom(request: ClickSource, programCode: string, parameter = "click_id"): string | null {
  const query = request.url === undefined ? "" : request.url.slice(request.url.indexOf("?") + 1);
  const asked = new URLSearchParams(query).get(parameter);
  if (asked !== null && CLICK_ID.test(asked)) return asked.toLowerCase();
  const name = `trb_${programCode}=`;
  for (const pair of (request.cookie ?? "").split(/;\s*/)) {
    const value = pair.startsWith(name) ? pair.slice(name.length) : "";
    if (CLICK_ID.test(value)) return value.toLowerCase();
  }
  return null;
}
