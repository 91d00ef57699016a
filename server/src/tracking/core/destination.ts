/**
 * Where a click goes: landing pages with macros, and deep links that only reach hosts which the offer allows.
 */
import { LANDING_MACROS, type LandingMacro } from "@tributary/contract";
import { NO_PARAMETERS, type Parameters, withParameters } from "./parameters.ts";

/** Values of the macros of one click, not yet encoded; what is absent becomes nothing. */
export type MacroValues = (name: LandingMacro) => string | undefined;

const MACRO_SET: ReadonlySet<string> = new Set(LANDING_MACROS);

/** An address with holes: `text[0] macro[0] text[1] macro[1] … text[n]`. */
export interface Destination {
  readonly texts: readonly string[];
  readonly macros: readonly LandingMacro[];
}

const MACRO = /(?:\{|%7B)([a-z0-9_]+)(?:\}|%7D)/gi;

/**
 * Prepares an address. Macros are filled only behind the host, so that no value can choose where the visitor goes; elsewhere, and
 * when unknown, they stay as text. With `handOn`, an address that has no place for the click id gets `click_id` in its query.
 * @returns undefined when it is not an absolute http(s) address
 */
export function prepareDestination(
  address: string,
  options: { readonly handOn: boolean; readonly parameters?: Parameters },
): Destination | undefined {
  const authority = /^https?:\/\/[^/?#\\\s{}@%]+(?=[/?#]|$)/i.exec(address)?.[0];
  if (authority === undefined || !URL.canParse(address.replace(MACRO, "x"))) return undefined;
  const handed = options.handOn ? withClickId(address) : address;
  const whole = withParameters(handed, options.parameters ?? NO_PARAMETERS);
  const texts: string[] = [];
  const macros: LandingMacro[] = [];
  let at = 0;
  for (const match of whole.matchAll(MACRO)) {
    const name = (match[1] ?? "").toLowerCase();
    if (match.index < authority.length || !MACRO_SET.has(name)) continue;
    texts.push(headerSafe(whole.slice(at, match.index)));
    macros.push(name as LandingMacro);
    at = match.index + match[0].length;
  }
  texts.push(headerSafe(whole.slice(at)));
  return { texts, macros };
}

function withClickId(address: string): string {
  if ([...address.matchAll(MACRO)].some((match) => match[1]?.toLowerCase() === "click_id")) return address;
  const hash = address.indexOf("#");
  const page = hash < 0 ? address : address.slice(0, hash);
  const query = page.indexOf("?");
  const joint = query < 0 ? "?" : query === page.length - 1 || page.endsWith("&") ? "" : "&";
  return `${page}${joint}click_id={click_id}${hash < 0 ? "" : address.slice(hash)}`;
}

/** Letters outside printable ASCII, blanks and stray braces are percent-encoded: nothing can end the header. */
function headerSafe(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x7e]|[{}]/gu, (letter) => encodeURIComponent(letter));
}

const PLAIN = /^[A-Za-z0-9_.~-]*$/;

/** The address with its macros filled in; every value is percent-encoded. */
export function fillDestination(destination: Destination, values: MacroValues): string {
  const { texts, macros } = destination;
  let address = texts[0] ?? "";
  for (let i = 0; i < macros.length; i++) {
    const value = values(macros[i] as LandingMacro);
    if (value !== undefined) address += PLAIN.test(value) ? value : encodeURIComponent(value);
    address += texts[i + 1] ?? "";
  }
  return address;
}

/**
 * The destination that a deep link asks for, when the offer allows its host. It may be absolute (http or https) or a path on the
 * landing page's host. It is read the way browsers read addresses, and sent on in the form that was checked.
 * @param allowedHosts exact (`www.example.com`, with `:port` unless the default one) or `*.example.com` (any depth below)
 * @returns undefined when it may not be followed
 */
export function deepLinkDestination(
  asked: string,
  landingUrl: string,
  allowedHosts: readonly string[],
  maxLength: number,
  parameters: Parameters = NO_PARAMETERS,
): Destination | undefined {
  if (asked.length > maxLength) return undefined;
  // A macro in the host would be refused by the parser anyway; in the query and path it is text to it.
  const url = URL.parse(asked, isPath(asked) ? originOf(landingUrl) : undefined);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  if (url.username !== "" || url.password !== "" || !hostAllowed(url.host, allowedHosts)) return undefined;
  return prepareDestination(url.href, { handOn: true, parameters });
}

function isPath(asked: string): boolean {
  return /^\/(?![/\\])/.test(asked);
}

function originOf(landingUrl: string): string | undefined {
  return URL.parse(landingUrl.replace(MACRO, "x"))?.origin;
}

/** Whether a host (lower case, with its port unless the default one) is among those that an offer allows. */
export function hostAllowed(host: string, allowedHosts: readonly string[]): boolean {
  return allowedHosts.some((allowed) => {
    const wanted = allowed.toLowerCase();
    if (!wanted.startsWith("*.")) return host === wanted;
    return host.length > wanted.length - 1 && host.endsWith(wanted.slice(1));
  });
}
