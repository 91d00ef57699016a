import { ApiProblem, problemOf } from "./problem.ts";

/** A list of strings is joined by comma; `{ each }` repeats the parameter, for texts that may contain commas. */
export type QueryValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly string[]
  | { readonly each: readonly string[] };
export type QueryParams = Readonly<Record<string, QueryValue>>;

/** A keyset page as every list answers it. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

interface CallOptions {
  readonly query?: QueryParams;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Sent with POST so that a repeated click or a retry has one effect; a new one is made when none is given. */
  readonly idempotencyKey?: string;
}

const listeners = new Set<() => void>();

/** Called when the API says that nobody is signed in (any more); the shell leads to the sign-in screen. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `?a=1&b=x,y`; empty values are left out. */
export function queryString(query: QueryParams | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === "") continue;
    if (typeof value === "object" && "each" in value) {
      for (const one of value.each) params.append(name, one);
      continue;
    }
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") params.set(name, text);
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

async function call<T>(method: string, path: string, options: CallOptions): Promise<T> {
  // the server writes explanations in the reader's language
  const headers: Record<string, string> = {
    accept: "application/json",
    "accept-language": document.documentElement.lang,
  };
  const file = options.body instanceof Blob ? options.body : undefined;
  if (options.body !== undefined) headers["content-type"] = file ? "application/octet-stream" : "application/json";
  if (method === "POST" && !file) headers["idempotency-key"] = options.idempotencyKey ?? crypto.randomUUID();
  let response: Response;
  try {
    response = await fetch(`/v1${path}${queryString(options.query)}`, {
      method,
      headers,
      credentials: "same-origin",
      body: file ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new ApiProblem(0, "offline", "offline");
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401) for (const listener of listeners) listener();
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** The only way from the console to the server: `/v1`, as everybody else uses it. Throws ApiProblem. */
export const api = {
  get: <T>(path: string, query?: QueryParams, signal?: AbortSignal) =>
    call<T>("GET", path, { query: query ?? {}, ...(signal ? { signal } : {}) }),
  list: <T>(path: string, query?: QueryParams, signal?: AbortSignal) =>
    call<Page<T>>("GET", path, { query: query ?? {}, ...(signal ? { signal } : {}) }),
  post: <T>(path: string, body?: unknown, idempotencyKey?: string) =>
    call<T>("POST", path, { body: body ?? {}, ...(idempotencyKey ? { idempotencyKey } : {}) }),
  /** The file itself is the body. */
  upload: <T>(path: string, file: File, query: QueryParams = {}) =>
    call<T>("POST", path, { query: { ...query, name: file.name }, body: file }),
  patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, { body }),
  put: <T>(path: string, body: unknown) => call<T>("PUT", path, { body }),
  delete: <T>(path: string) => call<T>("DELETE", path, {}),
};
