import { createHmac, timingSafeEqual } from "node:crypto";
import { SourceSettings } from "@tributary/contract";
import ipaddr from "ipaddr.js";
import { tokenHash, type Vault } from "../events/source.ts";
import type { EdgeSourceRow } from "../store/edge-rows.ts";
import type { DialectCredential } from "./core/contracts.ts";

const SETTINGS = new WeakMap<EdgeSourceRow, SourceSettings>();

/** What the operator set for a source; what cannot be read is as if it had not been set. */
export function settingsOf(source: EdgeSourceRow): SourceSettings {
  const known = SETTINGS.get(source);
  if (known !== undefined) return known;
  const read = SourceSettings.safeParse(source.settings);
  const settings = read.success ? read.data : SourceSettings.parse({});
  SETTINGS.set(source, settings);
  return settings;
}

/** Who calls, as far as a source's settings ask for it. */
export interface Caller {
  readonly credential: DialectCredential;
  readonly ip: string | undefined;
  /** the address lets in whoever shows no credential; one that is shown has to be right */
  readonly open?: true | undefined;
}

/**
 * The source that a call without a token of ours in its address belongs to. Every candidate is looked at and secrets are compared in
 * constant time, so that the time of the answer says nothing. Undefined when none fits; `several`: more than one does.
 */
export function sourceOfCredential(
  candidates: readonly EdgeSourceRow[],
  caller: Caller,
  vault: Vault,
): EdgeSourceRow | "several" | undefined {
  const fitting = candidates.filter((source) => {
    const proven =
      (caller.open === true && caller.credential.kind === "none") || proves(caller.credential, source, vault);
    return proven && mayCall(source, caller);
  });
  return fitting.length > 1 ? "several" : fitting[0];
}

/** Whether a call to a source's own address (`/in/<token>/…`) may come in: signed where the platform signs, from the right place. */
export function mayEnter(source: EdgeSourceRow, caller: Caller, vault: Vault): boolean {
  const signed = caller.open === true || source.incumbent_secret === null || proves(caller.credential, source, vault);
  return signed && mayCall(source, caller);
}

function mayCall(source: EdgeSourceRow, caller: Caller): boolean {
  const { account, addresses } = settingsOf(source);
  const named = caller.credential.account;
  if (account !== null && named !== undefined && named !== account) return false;
  return addresses.length === 0 || (caller.ip !== undefined && addresses.some((one) => holds(one, caller.ip ?? "")));
}

function proves(credential: DialectCredential, source: EdgeSourceRow, vault: Vault): boolean {
  if (credential.kind === "none") return settingsOf(source).withoutToken;
  if (credential.kind === "hmac") return isSigned(credential, source, vault);
  const sent = tokenHash(credential.value);
  const own = isSame(sent, source.token_hash);
  const incumbent = source.incumbent_token_hash !== null && isSame(sent, source.incumbent_token_hash);
  return own || incumbent;
}

function isSigned(
  credential: Extract<DialectCredential, { kind: "hmac" }>,
  source: EdgeSourceRow,
  vault: Vault,
): boolean {
  if (source.incumbent_secret === null) return false;
  const expected = createHmac("sha256", vault.open(source.incumbent_secret)).update(credential.message).digest("hex");
  return isSame(expected, credential.sha256Hex.toLowerCase());
}

/** Two hex digests, compared in constant time. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Is an address the listed one, or in the listed range? */
function holds(listed: string, ip: string): boolean {
  try {
    const address = ipaddr.process(ip);
    const [range, bits] = listed.includes("/") ? ipaddr.parseCIDR(listed) : [ipaddr.process(listed), undefined];
    if (range.kind() !== address.kind()) return false;
    return bits === undefined ? range.toString() === address.toString() : address.match(range, bits);
  } catch {
    return false;
  }
}
