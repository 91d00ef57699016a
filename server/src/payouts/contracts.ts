import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import type { Day } from "../kernel/period.ts";
import type { Rate } from "./core/contracts.ts";
import type { Providers } from "./providers/contracts.ts";

export type { Providers } from "./providers/contracts.ts";

/** Keeps texts so that only this deployment's key opens them. */
export interface Vault {
  close(text: string): string;
  /** @throws when it was sealed with another key, or changed */
  open(sealed: string): string;
}

/** The last published rate of a day between two currencies, or undefined; read for many pairs at once. */
export type RatesOn = (ctx: Context, day: Day) => Promise<(from: string, to: string) => Rate | undefined>;

/** What this room is given: it stands below the shell and beside the rooms that know rates. */
export interface PayoutNeeds {
  readonly vault: Vault;
  readonly ratesOn: RatesOn;
  readonly providers: Providers;
  /** Looks names of these partners up that were changed since the last time: nobody is paid under a name that no list was asked about. */
  readonly screenChanged: (ctx: Context, partnerIds: readonly string[]) => Promise<unknown>;
}

/** What the release is given besides. */
export interface ReleaseNeeds extends PayoutNeeds {
  /** Asks for a fresh code of the second factor; refuses by throwing. */
  readonly secondFactor: (ctx: Context, actor: Actor, code: string, purpose: string) => Promise<void>;
}

/** Called after each step of sending is durable: tests end the process there. */
export type AfterStep = (step: string) => Promise<void> | void;
