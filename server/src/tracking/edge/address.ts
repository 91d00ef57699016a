import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { recent } from "./recent.ts";

/** The proxies in front of the program, and what may be believed of what they say. */
export interface Proxies {
  /** Whether the peer of a connection is one of them: then its X-Forwarded-Proto holds. */
  trusts(peer: string | undefined): boolean;
  /**
   * Who is asking. X-Forwarded-For is believed only as far as trusted proxies wrote it: read from the right, the first address
   * that is not a trusted proxy's is the client's.
   */
  client(peer: string | undefined, forwardedFor: string | undefined): string | undefined;
}

/** @param trusted addresses or ranges (`10.0.0.0/8`, `::1`) @throws on one that cannot be read */
export function trustedProxies(trusted: readonly string[]): Proxies {
  const ranges = trusted.map(parseRange);
  const isTrusted = recent(10_000, (address) => {
    const parsed = ipaddr.process(address);
    return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
  });
  return {
    trusts(peer) {
      const address = plainAddress(peer);
      return address !== undefined && isTrusted(address);
    },
    client(peer, forwardedFor) {
      const direct = plainAddress(peer);
      if (forwardedFor === undefined || direct === undefined || !isTrusted(direct)) return direct;
      let client = direct;
      const hops = forwardedFor.split(",");
      for (let i = hops.length - 1; i >= 0; i--) {
        const hop = plainAddress(hops[i]?.trim());
        if (hop === undefined) break;
        client = hop;
        if (!isTrusted(hop)) break;
      }
      return client;
    },
  };
}

function parseRange(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

const plainAddresses = recent(10_000, (text) => readAddress(text) ?? "");

/** `::ffff:192.0.2.1` is 192.0.2.1; some proxies write a port behind an address. */
function plainAddress(text: string | undefined): string | undefined {
  return text === undefined || text.length > 60 ? undefined : plainAddresses(text) || undefined;
}

function readAddress(text: string): string | undefined {
  const bare = /^(?:\[([0-9a-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+)):\d+$/.exec(text);
  const address = bare?.[1] ?? bare?.[2] ?? text;
  return isIP(address) === 0 || address.includes("%") ? undefined : ipaddr.process(address).toString();
}
