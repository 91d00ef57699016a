import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** Why an address may not be called, in words for the person who entered it; `undefined` when it may. */
export type AddressProblem = string | undefined;

/** Names that mean the inside of some network, whatever they resolve to. */
const INSIDE = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/;

export interface AddressPolicy {
  /** Host names (exact, lower case) that may resolve to loopback: for tests and the sample program, never for real use. */
  readonly allowLoopbackFor: ReadonlySet<string>;
  /** Host names that may lead to private networks and this machine: an operator's own systems, for link tests and webhooks. */
  readonly allowPrivateFor?: ReadonlySet<string>;
  /** Name resolution; the system's when not given. */
  readonly resolve?: Resolve;
}
export type Resolve = (host: string) => Promise<readonly string[]>;

export const PUBLIC_ONLY: AddressPolicy = { allowLoopbackFor: new Set() };

/**
 * @param loopbackHosts names that the configuration lets resolve to loopback (tests and the sample program only)
 * @param privateHosts names that it lets lead into the operator's own network (webhooks only)
 */
export function addressPolicy(loopbackHosts: readonly string[], privateHosts: readonly string[] = []): AddressPolicy {
  const lower = (hosts: readonly string[]) => new Set(hosts.map((host) => host.toLowerCase()));
  return { allowLoopbackFor: lower(loopbackHosts), allowPrivateFor: lower(privateHosts) };
}

/** What can be said about a URL without asking the network: scheme, userinfo, literal addresses, names of the inside. */
export function urlProblem(text: string, policy: AddressPolicy = PUBLIC_ONLY): AddressProblem {
  const url = URL.parse(text);
  if (url === null) return "it is not a valid URL";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "only http and https can be called";
  if (url.username !== "" || url.password !== "") return "a user name or password in the address is not allowed";
  const host = bareHost(url.hostname);
  if (ipaddr.isValid(host)) return resolvedProblem(host, [host], policy);
  if (policy.allowLoopbackFor.has(host) || policy.allowPrivateFor?.has(host)) return undefined;
  if (INSIDE.test(host) || !host.includes(".")) return `${host} is a name of an inside network`;
  return undefined;
}

/**
 * Only addresses of the public internet pass: loopback, private, link-local (cloud metadata), carrier-grade NAT, multicast, reserved
 * and every IPv6 form that carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo) are refused by not being plain unicast.
 */
export function addressProblem(address: string): AddressProblem {
  if (!ipaddr.isValid(address)) return `${address} is not an IP address`;
  const range = ipaddr.parse(address).range();
  return range === "unicast" ? undefined : `${address} is not a public address (${range})`;
}

/** Refused before the connection is made; the message names the address. */
export class AddressRefused extends Error {
  constructor(problem: string) {
    super(`address refused: ${problem}`);
    this.name = "AddressRefused";
  }
}

/**
 * A look-up for `http.request`: it resolves, refuses if any address is not public, and hands on exactly the addresses that it checked. The
 * socket connects to what this returns, so a name that answers differently the next time (DNS rebinding) gains nothing.
 */
export function checkedLookup(policy: AddressPolicy): LookupFunction {
  const resolve = policy.resolve ?? systemResolve;
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const problem =
          addresses.length === 0 ? `${hostname} has no address` : resolvedProblem(hostname, addresses, policy);
        if (problem !== undefined) return callback(new AddressRefused(problem), "");
        const found = addresses.map((address) => ({
          address,
          family: ipaddr.parse(address).kind() === "ipv6" ? 6 : 4,
        }));
        if (options.all) return callback(null, found);
        callback(null, found[0]?.address ?? "", found[0]?.family ?? 4);
      },
      (error: NodeJS.ErrnoException) => callback(error, ""),
    );
  };
}

/** What a private network uses. Link-local (the metadata of clouds) is never among it. */
const PRIVATE: ReadonlySet<string> = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

function resolvedProblem(hostname: string, addresses: readonly string[], policy: AddressPolicy): AddressProblem {
  const named = policy.allowLoopbackFor.has(hostname.toLowerCase());
  const own = policy.allowPrivateFor?.has(hostname.toLowerCase()) === true;
  for (const address of addresses) {
    if (named && ipaddr.isValid(address) && ipaddr.parse(address).range() === "loopback") continue;
    if (own && ipaddr.isValid(address) && PRIVATE.has(ipaddr.parse(address).range())) continue;
    const problem = addressProblem(address);
    if (problem !== undefined) return hostname === address ? problem : `${hostname} leads inside: ${problem}`;
  }
  return undefined;
}

function systemResolve(host: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true, verbatim: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses.map((entry) => entry.address));
    });
  });
}

/** `[::1]` → `::1`; a trailing dot (the root) is the same name. */
function bareHost(hostname: string): string {
  return hostname
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();
}
