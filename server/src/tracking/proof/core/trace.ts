import type { HeaderPair } from "./browsers.ts";

export interface SeenCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: string | null;
  readonly expires: string | null;
  /** a browser would keep it */
  readonly kept: boolean;
}

/** One page or redirect that the test asked for. */
export interface Hop {
  readonly url: string;
  readonly via: "start" | "redirect" | "meta_refresh" | "script";
  /** a tracking link of this deployment, which was told that it is a test */
  readonly own: boolean;
  readonly status: number | null;
  readonly error: { readonly kind: HopError; readonly text: string } | null;
  readonly milliseconds: number;
  readonly address: string | null;
  readonly sent: readonly HeaderPair[];
  readonly headers: readonly HeaderPair[];
  readonly cookies: readonly SeenCookie[];
  readonly next: string | null;
  /** the page sends its visitor on by a script that works out where to */
  readonly unread?: true;
}

/** `refused`: an address that may not be called from here. */
export type HopError = "refused" | "timeout" | "certificate" | "dns" | "network" | "not_a_link";

export interface Trace {
  readonly hops: readonly Hop[];
  /** why the test stopped before a page was reached */
  readonly stopped: "loop" | "too_many" | "time" | null;
}

/** What the test sent with the link, and what it knows of the answer of its own edge. */
export interface Expected {
  /** of the test click; null: no link of ours was reached */
  readonly clickId: string | null;
  /** why the click would not have counted; null: it would have */
  readonly verdict: string | null;
  readonly country: string;
  /** parameters that were sent, by the name of the macro that hands each on: sub1, partner_click_id … */
  readonly probes: Readonly<Record<string, string>>;
  /** macros that stand in the landing page's address */
  readonly handedOn: readonly string[];
}
