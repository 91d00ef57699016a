import { type ImportFailure, importFailureText } from "@tributary/contract";
/** Where one list of a platform's API is, and how its pages follow one another. */
export interface ApiList {
  /** name of the table that its records become */
  readonly table: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** may be missing in an account (a plan without it): then it is left out and said */
  readonly optional?: true;
}

/** One platform's API, as it is published. */
export interface ApiClient {
  readonly base: string;
  readonly lists: readonly ApiList[];
  headers(credentials: ApiCredentials): Readonly<Record<string, string>>;
  /** the path of a list, with whatever stands for the account in it */
  pathOf?(list: ApiList, credentials: ApiCredentials): string;
  /** query of a page; `cursor` is what `next` gave before, undefined for the first */
  page(cursor: string | undefined): Readonly<Record<string, string>>;
  records(body: unknown): readonly unknown[];
  /** cursor of the next page; undefined at the end */
  next(answer: PageAnswer): string | undefined;
  /** shortest time between two calls, by the platform's published limit */
  readonly pauseMs: number;
}

export interface ApiCredentials {
  readonly account: string;
  readonly key: string;
}

export interface PageAnswer {
  readonly body: unknown;
  readonly headers: Headers;
  readonly cursor: string | undefined;
  readonly records: readonly unknown[];
}

/** What talking to the outside takes; the shell gives it. */
export interface CallNeeds {
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => Date;
  /** other base addresses, by platform: for tests, and for platforms behind a proxy */
  readonly bases?: Readonly<Record<string, string>>;
}

/** A platform said no, in a way that trying again does not change. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly failure: ImportFailure;

  constructor(status: number, failure: ImportFailure) {
    super(importFailureText(failure, "en"));
    this.status = status;
    this.failure = failure;
  }
}

const MOST_TRIES = 6;
const LONGEST_WAIT_MS = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;
const CALL_TIMEOUT_MS = 60_000;

/**
 * Asks for one page. 429 and 5xx are waited out: as long as `Retry-After` (or the platform's reset header) says, else longer every time.
 * @throws ApiRefusal for answers that stay as they are
 */
export async function callPage(
  client: ApiClient,
  list: ApiList,
  credentials: ApiCredentials,
  cursor: string | undefined,
  base: string,
  needs: CallNeeds,
): Promise<PageAnswer> {
  const path = client.pathOf?.(list, credentials) ?? list.path;
  const url = new URL(`${base.replace(/\/$/, "")}${path}`);
  for (const [name, value] of Object.entries({ ...list.query, ...client.page(cursor) }))
    url.searchParams.set(name, value);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(url, client.headers(credentials), needs);
    if (answer instanceof Response && answer.ok) {
      const body = await bodyOf(answer);
      return { body, headers: answer.headers, cursor, records: client.records(body) };
    }
    const status = answer instanceof Response ? answer.status : 0;
    const again = status === 0 || status === 429 || status >= 500;
    if (!again || attempt >= MOST_TRIES) throw new ApiRefusal(status, await saying(url, answer));
    await needs.sleep(waitOf(answer, attempt, needs.now()));
  }
}

/** No answer at all is told apart from one that says no. Redirects are not followed: keys go to the platform and nowhere else. */
async function ask(url: URL, headers: Readonly<Record<string, string>>, needs: CallNeeds): Promise<Response | Error> {
  try {
    return await needs.fetch(url, {
      headers: { accept: "application/json", ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
  } catch (error) {
    return error as Error;
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (text.length > MOST_BYTES) throw new ApiRefusal(answer.status, { code: "answer_too_long", details: {} });
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === "number" && context?.source !== undefined && !/[eE]/.test(context.source)
        ? context.source
        : value,
    );
  } catch {
    throw new ApiRefusal(answer.status, { code: "answer_no_json", details: {} });
  }
}

async function saying(url: URL, answer: Response | Error): Promise<ImportFailure> {
  const where = `${url.origin}${url.pathname}`;
  if (answer instanceof Error) return { code: "no_answer", details: { where, said: answer.message } };
  const text = (await answer.text().catch(() => "")).slice(0, 200);
  if (answer.status === 401 || answer.status === 403)
    return { code: "key_refused", details: { where, status: String(answer.status) } };
  return { code: "other_answer", details: { where, status: String(answer.status), said: text } };
}

/** `Retry-After` in seconds or as a date; Dub's `X-RateLimit-Reset` and Tapfiliate's `X-Ratelimit-Reset` as a time since 1970. */
export function waitOf(answer: Response | Error, attempt: number, now: Date): number {
  const grown = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (attempt - 1));
  if (answer instanceof Error) return grown;
  const after = answer.headers.get("retry-after");
  if (after !== null && /^\d+(?:\.\d+)?$/.test(after)) return Math.min(LONGEST_WAIT_MS, Number(after) * 1000);
  const at = after !== null ? Date.parse(after) : resetAt(answer.headers.get("x-ratelimit-reset"));
  if (!Number.isFinite(at)) return grown;
  return Math.min(LONGEST_WAIT_MS, Math.max(0, at - now.getTime()));
}

function resetAt(text: string | null): number {
  const number = Number(text ?? Number.NaN);
  return number > 1e12 ? number : number > 1e9 ? number * 1000 : Number.NaN;
}
