/** One address asked for on the way to a page, as tracking's follower tells it. */
export interface PageHop {
  readonly url: string;
  readonly status: number | null;
  readonly error: { readonly kind: string; readonly text: string } | null;
}
export interface PageTrace {
  readonly hops: readonly PageHop[];
  readonly stopped: string | null;
}

export const PAGE_OUTCOMES = [
  "ok",
  "redirected",
  "not_found",
  "gone",
  "refused",
  "server_error",
  "timeout",
  "certificate",
  "no_host",
  "network",
  "loop",
  "not_checked",
] as const;
export type PageOutcome = (typeof PAGE_OUTCOMES)[number];

export interface PageSeen {
  readonly outcome: PageOutcome;
  readonly status: number | null;
  readonly detail: string;
  readonly finalUrl: string;
}

/** What visitors cannot get past; the others may be a matter of the hour or of who asks. */
export const DEAD: ReadonlySet<PageOutcome> = new Set([
  "not_found",
  "gone",
  "server_error",
  "timeout",
  "certificate",
  "no_host",
  "network",
  "loop",
]);

const BY_ERROR: Readonly<Record<string, PageOutcome>> = {
  timeout: "timeout",
  certificate: "certificate",
  dns: "no_host",
  network: "network",
  // An address that is not called from here says nothing about the page.
  refused: "not_checked",
  not_a_link: "not_checked",
};

/** What a visitor would have got. 401, 403, 405 and 429 are answers to a machine, not proof that a page is gone. */
export function outcomeOf(trace: PageTrace): PageSeen {
  const last = trace.hops.at(-1);
  const seen = { status: last?.status ?? null, detail: "", finalUrl: last?.url ?? "" };
  if (trace.stopped !== null)
    return { ...seen, outcome: trace.stopped === "time" ? "timeout" : "loop", detail: trace.stopped };
  if (last === undefined) return { ...seen, outcome: "not_checked" };
  if (last.error !== null)
    return { ...seen, outcome: BY_ERROR[last.error.kind] ?? "network", detail: last.error.text.slice(0, 300) };
  return { ...seen, outcome: byStatus(last.status ?? 0, trace.hops) };
}

function byStatus(status: number, hops: readonly PageHop[]): PageOutcome {
  if (status === 404) return "not_found";
  if (status === 410) return "gone";
  if (status >= 500) return "server_error";
  if (status >= 400) return "refused";
  return hostOf(hops[0]?.url) === hostOf(hops.at(-1)?.url) ? "ok" : "redirected";
}

function hostOf(url: string | undefined): string {
  return URL.parse(url ?? "")?.hostname.replace(/^www\./, "") ?? "";
}

const HOUR = 3_600_000;
export interface PageState {
  readonly misses: number;
  readonly nextAt: Date;
}

/** A page that fails is asked again after an hour; only the second time in a row counts. A page that answers is asked once a day. */
export function nextLook(outcome: PageOutcome, missesBefore: number, now: Date): PageState {
  const misses = DEAD.has(outcome) ? Math.min(missesBefore + 1, 99) : 0;
  const hours = misses === 1 ? 1 : misses > 1 ? 12 : 24;
  return { misses, nextAt: new Date(now.getTime() + hours * HOUR) };
}

export const MISSES_TO_BE_DEAD = 2;
