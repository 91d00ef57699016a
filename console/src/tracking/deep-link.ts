/** What is wrong with a deep link, for the catalogue: `deepLinkProblem.<name>`; the server checks the same and has the last word. */
export type DeepLinkProblem = "notAnAddress" | "macro" | "userInfo" | "foreignHost";

/** @param hosts that the offer allows: exact, or `*.suffix` for every host below it */
export function deepLinkProblem(text: string, hosts: readonly string[]): DeepLinkProblem | null {
  const address = text.trim();
  if (address === "") return null;
  if (!/^https?:\/\/[^/?#\s\\]+/i.test(address) || /[\s\\]/.test(address) || !URL.canParse(address))
    return "notAnAddress";
  if (/[{}]/.test(address)) return "macro";
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return "userInfo";
  return isAllowed(url.hostname, hosts) ? null : "foreignHost";
}

function isAllowed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((pattern) =>
    pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern,
  );
}
