import { verifySecondFactor } from "../access/index.ts";
import { publishedRates } from "../commissions/index.ts";
import { ScreenMemory, screenChanged } from "../compliance/index.ts";
import { httpWith, openProviders, type PayoutNeeds, type ReleaseNeeds } from "../payouts/index.ts";
import { addressPolicy, checkedLookup } from "../tracking/index.ts";
import type { Program } from "./program.ts";
import { vaultFor } from "./tracking-parts.ts";

/** Longer than a provider takes for a thousand payments, shorter than the lease of a dispatch. */
const PROVIDER_TIMEOUT_MS = 60_000;

/** What payouts are given: the vault, published rates, and providers behind the same fence as every call that leaves the program. */
export function payoutNeeds(program: Program): PayoutNeeds {
  const memory = new ScreenMemory();
  const lookup = checkedLookup(addressPolicy(program.configuration.outboundLoopbackHosts));
  return {
    vault: vaultFor(program),
    ratesOn: publishedRates,
    screenChanged: (ctx, partnerIds) => screenChanged(ctx, memory, partnerIds),
    providers: openProviders(httpWith({ lookup, timeoutMs: PROVIDER_TIMEOUT_MS })),
  };
}

/** The same for those who release, who show a second factor. */
export function releaseNeeds(program: Program): ReleaseNeeds {
  // the key under which the sign-in library seals second factors (application.ts)
  const secret = program.key("sessions").toString("base64url");
  return {
    ...payoutNeeds(program),
    secondFactor: (ctx, actor, code, purpose) => verifySecondFactor(ctx, actor, code, purpose, secret),
  };
}
