import type { SeenCookie } from "./core/trace.ts";

interface Kept {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
}

const ONE = /^([^=;]{0,256})=([^;]*)/;

/**
 * The cookies of one visit, as a browser keeps and sends them: by domain, path and `Secure`. A chain has no third parties: every hop is
 * a page of its own, so `SameSite` keeps nothing back but what crosses sites by POST, which does not happen here.
 */
export class CookieJar {
  readonly #now: number;
  readonly #kept: Kept[] = [];

  /** @param now milliseconds since 1970, for `Expires` */
  constructor(now: number) {
    this.#now = now;
  }

  /** Takes what an answer sets. @returns each cookie, with whether a browser would keep it */
  take(url: URL, lines: readonly string[]): SeenCookie[] {
    return lines.flatMap((line) => this.#takeOne(url, line.slice(0, 4096)) ?? []);
  }

  /** The Cookie header for an address; undefined when there is none to send. */
  header(url: URL): string | undefined {
    const host = url.hostname;
    const sent = this.#kept.filter(
      (one) =>
        (one.hostOnly ? host === one.domain : isWithin(host, one.domain)) &&
        pathFits(url.pathname, one.path) &&
        (!one.secure || url.protocol === "https:" || isLocal(host)),
    );
    return sent.length === 0 ? undefined : sent.map((one) => `${one.name}=${one.value}`).join("; ");
  }

  #takeOne(url: URL, line: string): SeenCookie | undefined {
    const [, rawName = "", rawValue = ""] = ONE.exec(line) ?? [];
    const name = rawName.trim();
    if (name === "") return undefined;
    const attributes = attributesOf(line);
    const asked = attributes.get("domain")?.replace(/^\./, "").toLowerCase();
    const domain = asked ?? url.hostname;
    const secure = attributes.has("secure");
    const fits = asked === undefined || (isWithin(url.hostname, asked) && asked.includes("."));
    const kept = fits && (!secure || url.protocol === "https:" || isLocal(url.hostname));
    const at = this.#kept.findIndex((one) => one.name === name && one.domain === domain);
    if (kept && at >= 0) this.#kept.splice(at, 1);
    const path = attributes.get("path") ?? "/";
    const cookie = { name, value: rawValue.trim(), domain, hostOnly: asked === undefined, path, secure };
    if (kept && !this.#isOver(attributes)) this.#kept.push(cookie);
    return {
      name,
      value: cookie.value,
      domain,
      secure,
      httpOnly: attributes.has("httponly"),
      sameSite: attributes.get("samesite") ?? null,
      expires:
        attributes.get("max-age") === undefined
          ? (attributes.get("expires") ?? null)
          : `${attributes.get("max-age")} s`,
      kept,
    };
  }

  #isOver(attributes: ReadonlyMap<string, string>): boolean {
    const age = attributes.get("max-age");
    if (age !== undefined) return Number(age) <= 0;
    const expires = Date.parse(attributes.get("expires") ?? "");
    return !Number.isNaN(expires) && expires <= this.#now;
  }
}

function attributesOf(line: string): Map<string, string> {
  return new Map(
    line
      .split(";")
      .slice(1)
      .map((part): [string, string] => {
        const equals = part.indexOf("=");
        const name = equals < 0 ? part : part.slice(0, equals);
        return [name.trim().toLowerCase(), equals < 0 ? "" : part.slice(equals + 1).trim()];
      }),
  );
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Browsers treat this machine as secure. */
function isLocal(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "127.0.0.1" || host === "[::1]";
}

function pathFits(path: string, cookiePath: string): boolean {
  if (cookiePath === "/" || path === cookiePath) return true;
  return path.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
}
