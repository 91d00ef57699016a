/** A domain proves itself and the names below it. Both in lower case. */
export function proves(domain: string, host: string): boolean {
  const bare = host.replace(/^www\./, "");
  return bare === domain || bare.endsWith(`.${domain}`);
}

export const RECORD_PREFIX = "tributary-verification=";
export const META_NAME = "tributary-verification";

/** Where the proof of a domain is looked for. */
export function placesOf(
  domain: string,
  token: string,
): { record: string; recordName: string; fileAddress: string; metaTag: string } {
  return {
    record: `${RECORD_PREFIX}${token}`,
    recordName: domain,
    fileAddress: `https://${domain}/.well-known/tributary-verification.txt`,
    metaTag: `<meta name="${META_NAME}" content="${token}">`,
  };
}

/** A domain as it is kept: without scheme, path and www. @returns undefined when it is none */
export function domainOf(text: string): string | undefined {
  const bare = text.trim().toLowerCase();
  const url = URL.parse(/^[a-z]+:\/\//.test(bare) ? bare : `https://${bare}`);
  if (url === null || url.username !== "" || url.port !== "") return undefined;
  const host = url.hostname.replace(/^www\./, "").replace(/\.$/, "");
  return /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]+)$/.test(host)
    ? host
    : undefined;
}

/** Whether TXT records (each in its parts) hold the token. */
export function isInRecords(records: readonly (readonly string[])[], token: string): boolean {
  return records.some((parts) => parts.join("").trim() === `${RECORD_PREFIX}${token}`);
}

/** Whether a file holds the token, and nothing but it: a page that repeats any address is no proof. */
export function isInFile(text: string, token: string): boolean {
  return text.trim() === token || text.trim() === `${RECORD_PREFIX}${token}`;
}

/** Whether the head of a page has the tag. What stands in a comment, a script or the body is not read. */
export function isInPage(html: string, token: string): boolean {
  const head = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(script|style|template|noscript)\b[\s\S]*?<\/\1\s*>/gi, "")
    .split(/<body\b/i)[0] as string;
  return [...head.matchAll(/<meta\b[^>]*>/gi)].some(([tag]) => {
    const value = (name: string) =>
      new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag);
    const read = (name: string) =>
      value(name)
        ?.slice(1)
        .find((one) => one !== undefined);
    return read("name")?.toLowerCase() === META_NAME && read("content") === token;
  });
}
