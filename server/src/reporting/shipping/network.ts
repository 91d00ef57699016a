import ipaddr from "ipaddr.js";

const V4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/;

/**
 * The network an address belongs to, /24 for IPv4 and /48 for IPv6: enough to see where a burst comes from, too little to name
 * a person. Reports never hold a whole address; whoever has to look at one finds it in the intake log while that is kept.
 */
export function networkOf(address: string | undefined): string {
  if (!address) return "";
  const v4 = V4.exec(address);
  if (v4) return `${v4[1]}.0/24`;
  if (!ipaddr.isValid(address)) return "";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return networkOf(parsed.toString());
  const groups = (parsed as ipaddr.IPv6).parts.slice(0, 3).map((part) => part.toString(16));
  return `${groups.join(":")}::/48`;
}
