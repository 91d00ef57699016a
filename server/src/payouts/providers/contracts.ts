import type { DispatchProblem } from "@tributary/contract";
import type { ToldStatus } from "../core/life.ts";

export type ProviderName = "paypal" | "wise" | "payoneer";

/** One payment as a provider is told of it. */
export interface ProviderPayment {
  readonly payoutId: string;
  /** The key under which the provider knows it for ever. */
  readonly key: string;
  readonly minor: bigint;
  readonly currency: string;
  /** PayPal's receiver, Wise's recipient, Payoneer's payee. */
  readonly receiver: string;
  readonly note: string;
  /** What the provider calls it, once it has said so. */
  readonly providerRef?: string | null;
}

export interface ProviderOrder {
  /** The key of the whole, unique for ever. */
  readonly key: string;
  readonly sourceCurrency: string;
  readonly payments: readonly ProviderPayment[];
  /** The provider may have been asked before: what it knows is looked up, not asked for anew. */
  readonly again: boolean;
}

export interface TakenPayment {
  readonly payoutId: string;
  readonly providerRef: string | null;
  readonly status: ToldStatus;
  readonly told: string;
  readonly reason: { readonly code: string; readonly text: string } | null;
}

/** Why an order was not taken, or nobody knows; the words for it are the console's, `text` is what was said. */
type Why = Exclude<DispatchProblem["code"], "file_refused" | "asked_long_ago" | "other">;

/** What a provider made of an order. */
export type Answer =
  /** Every payment has an answer. */
  | { readonly kind: "taken"; readonly reference: string | null; readonly payments: readonly TakenPayment[] }
  /** The provider takes nothing of it, and never will as it is. */
  | { readonly kind: "refused"; readonly why: Why; readonly code: string; readonly text: string }
  /** Nothing was taken; later it may be. */
  | { readonly kind: "later"; readonly why: Why; readonly afterMs: number; readonly text: string }
  /** Nobody knows whether it was taken: the next attempt looks. */
  | { readonly kind: "unknown"; readonly why: Why; readonly text: string };

/** What a webhook says, after its signature held. `null` payments: look yourself. */
export type Notice =
  | { readonly genuine: false; readonly why: string }
  | { readonly genuine: true; readonly look: boolean };

export interface Webhook {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it came: signatures are about bytes. */
  readonly body: Uint8Array;
}

/** A provider's API under one connection's credentials. */
export interface Provider {
  submit(order: ProviderOrder): Promise<Answer>;
  /** What became of payments; those that the provider does not know are left out. */
  look(order: Omit<ProviderOrder, "again"> & { readonly reference: string | null }): Promise<readonly TakenPayment[]>;
  verify(webhook: Webhook): Promise<Notice>;
}

export interface Connection {
  readonly provider: ProviderName;
  readonly environment: "live" | "sandbox";
  readonly credentials: Readonly<Record<string, string>>;
}

/** The providers' APIs. */
export interface Providers {
  open(connection: Connection): Provider;
  /** Payments in one order at most. */
  atOnce(provider: ProviderName): number;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}
/** @throws NotReached when nothing can have been taken, or another error when nobody knows */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** The request did not reach the provider. */
export class NotReached extends Error {}
