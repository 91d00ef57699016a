import type { AddressPolicy } from "../outbound/address.ts";
import type { Trace } from "./core/trace.ts";
import { follow } from "./follow.ts";

const MAX_HOPS = 8;
const HOP_MS = 10_000;
const TOTAL_MS = 20_000;

/** Asks for a page as a visitor's browser would, redirects and all; only addresses that the policy allows are called. Never throws. */
export async function lookAtPage(url: string, now: Date, policy: AddressPolicy): Promise<Trace> {
  return await follow(url, {
    device: "desktop",
    language: "en",
    now: now.getTime(),
    isOwn: () => false,
    policyFor: () => policy,
    testHeader: ["x-tributary-look", "1"],
    maxHops: MAX_HOPS,
    hopTimeoutMs: HOP_MS,
    totalTimeoutMs: TOTAL_MS,
  });
}
