/** Where a click may be sent: only to hosts that the offer names, so that a tracking link is never an open redirect. */

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const AUTHORITY = /^https?:\/\/([^/?#]*)/i;
const MACRO = /\{([^{}]*)\}/g;

/** What is wrong with an entry of the allowed hosts; null when it is fine. Exact host, or `*.` and a suffix of two labels or more. */
export function hostPatternProblem(pattern: string): string | null {
  const wild = pattern.startsWith("*.");
  const labels = (wild ? pattern.slice(2) : pattern).split(".");
  if (!labels.every((label) => LABEL.test(label))) return "is not a host name like shop.example or *.shop.example";
  if (wild && labels.length < 2) return "would allow every site of a whole country or ending";
  return null;
}

/** Is the host (lower case, as `URL.hostname` gives it) one of these? `*.suffix` means any host below the suffix, not the suffix itself. */
export function hostAllowed(host: string, patterns: readonly string[]): boolean {
  const name = host.endsWith(".") ? host.slice(0, -1) : host;
  return patterns.some((pattern) =>
    pattern.startsWith("*.") ? name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1 : name === pattern,
  );
}

/** Names of the macros in an address. */
export function macrosIn(address: string): string[] {
  return [...address.matchAll(MACRO)].map((found) => found[1] ?? "");
}

/**
 * What is wrong with an address that clicks are sent to; null when it is fine. Checked are scheme, user info, host, and that no macro
 * stands where it could choose the host.
 * @param macros names that may stand in braces; none for addresses that come with the click
 */
export function destinationProblem(
  address: string,
  allowedHosts: readonly string[] | null,
  macros: readonly string[] = [],
): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are refused
  if (/[\u0000-\u0020\u007f\\]/.test(address)) return "holds a space, a control character or a backslash";
  const authority = AUTHORITY.exec(address)?.[1];
  if (authority === undefined) return "does not start with https:// or http://";
  if (/[{}%]/.test(authority)) return "has a macro or an escape in its host";
  const unknown = macrosIn(address).find((name) => !macros.includes(name));
  if (unknown !== undefined) return `holds the unknown macro {${unknown}}`;
  if (!URL.canParse(address.replace(MACRO, "x"))) return "is not a web address";
  const url = new URL(address.replace(MACRO, "x"));
  if (url.username !== "" || url.password !== "" || authority.includes("@")) return "holds a user name or password";
  if (url.hostname === "") return "has no host";
  if (allowedHosts !== null && !hostAllowed(url.hostname, allowedHosts)) {
    return `leads to ${url.hostname}, which is not one of the allowed hosts (${allowedHosts.join(", ")})`;
  }
  return null;
}
