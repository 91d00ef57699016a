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
  const addresses = new Set(trusted.filter((one) => !one.includes("/")).map((one) => ipaddr.process(one).toString()));
  const ranges = trusted.filter((one) => one.includes("/")).map((one) => ipaddr.parseCIDR(one));
  const inRange = recent(10_000, (address) => {
    const parsed = ipaddr.process(address);
    return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
  });
  const isTrusted = (address: string) => addresses.has(address) || (ranges.length > 0 && inRange(address));
  return {
    trusts(peer) {
      const address = plainAddress(peer);
      return address !== undefined && isTrusted(address);
    },
    client(peer, forwardedFor) {
      const direct = plainAddress(peer);
      if (forwardedFor === undefined || direct === undefined || !isTrusted(direct)) return direct;
      let client = direct;
      for (let end = forwardedFor.length; end >= 0; ) {
        const comma = forwardedFor.lastIndexOf(",", end - 1);
        const hop = plainAddress(forwardedFor.slice(comma + 1, end).trim());
        if (hop === undefined) break;
        client = hop;
        if (comma < 0 || !isTrusted(hop)) break;
        end = comma;
      }
      return client;
    },
  };
}

const DOTTED = /^(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])(?:\.(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])){3}$/;

/** An address in its shortest form; `undefined` for what is none. Plain IPv4, nearly all that comes, is not parsed any further. */
function plainAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 60) return undefined;
  return DOTTED.test(text) ? text : readAddress(text);
}

/** `::ffff:192.0.2.1` is 192.0.2.1; some proxies write a port behind an address. */
function readAddress(text: string): string | undefined {
  const bare = /^(?:\[([0-9a-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+)):\d+$/.exec(text);
  const address = bare?.[1] ?? bare?.[2] ?? text;
  return isIP(address) === 0 || address.includes("%") ? undefined : ipaddr.process(address).toString();
}
