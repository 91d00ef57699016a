import type { IncomingMessage } from "node:http";
import type { ClickVerdict } from "../contracts.ts";
import type { ClickInput } from "../core/click-fields.ts";
import type { ClickIds } from "../core/click-id.ts";
import { quote } from "../core/click-record.ts";
import { cutText, storable } from "../core/stored.ts";
import type { Proxies } from "./address.ts";
import { type Browser, isPrefetch } from "./browser.ts";
import type { CountryOf } from "./countries.ts";
import type { RoutedLink, RoutedProgram } from "./route-table.ts";

const CODE_LENGTH = 64;

/** What telling visitors needs. */
export interface VisitorDeps {
  readonly browser: (userAgent: string | undefined) => Browser;
  readonly country: CountryOf;
  readonly proxies: Proxies;
}

/** Whom the click comes from, read from the request's headers once. */
export interface Visitor {
  readonly browser: Browser;
  readonly ip: string | undefined;
  readonly country: string | undefined;
  /** `,"ip":"…","country":"…"` */
  readonly addressJson: string;
  readonly secure: boolean;
}

export function hostOf(header: string | undefined): string {
  if (header === undefined) return "";
  const port = header.lastIndexOf(":");
  return (port > 0 && !header.endsWith("]") ? header.slice(0, port) : header).toLowerCase();
}

/** On a program's own host only its own links are known. */
export function foreignTo(own: RoutedProgram | undefined, link: RoutedLink | undefined): RoutedLink | undefined {
  return own !== undefined && link !== undefined && link.program !== own ? undefined : link;
}

/** @param pretended country of a test click, instead of the address's own */
export function visitorOf(deps: VisitorDeps, req: IncomingMessage, pretended?: string): Visitor {
  const { headers, socket } = req;
  const peer = socket.remoteAddress;
  const forwarded = headers["x-forwarded-for"] as string | undefined;
  const ip = deps.proxies.client(peer, forwarded);
  const country = pretended ?? (ip === undefined ? undefined : deps.country(ip));
  const encrypted = (socket as { encrypted?: boolean }).encrypted === true;
  const secure = encrypted || (headers["x-forwarded-proto"] === "https" && deps.proxies.trusts(peer));
  let addressJson = ip === undefined ? "" : `,"ip":"${ip}"`;
  const { places } = deps.country;
  if (places !== undefined && pretended === undefined && ip !== undefined) addressJson += places.json(ip);
  else if (country !== undefined) addressJson += `,"country":"${country}"`;
  return { browser: deps.browser(headers["user-agent"]), ip, country, addressJson, secure };
}

export function automated(
  req: IncomingMessage,
  browser: Browser,
): Extract<ClickVerdict, "head" | "prefetch" | "bot"> | undefined {
  if (req.method === "HEAD") return "head";
  const { headers } = req;
  const purpose = headers["sec-purpose"] ?? headers.purpose ?? headers["x-purpose"] ?? headers["x-moz"];
  if (purpose !== undefined && isPrefetch(String(purpose))) return "prefetch";
  return browser.bot ? "bot" : undefined;
}

/** Where the offer names its countries, an address whose country nobody knows is not among them. */
export function countryBlocked(link: RoutedLink, country: string | undefined): boolean {
  const { allowedCountries, blockedCountries } = link.offer;
  if (allowedCountries.length > 0 && (country === undefined || !allowedCountries.includes(country))) return true;
  return country !== undefined && blockedCountries.includes(country);
}

/** What stands in a record of a link that nobody knows. */
export function unknownLinkJson(code: string, program: RoutedProgram | undefined): string {
  const own = program === undefined ? "" : `,"programId":${quote(program.program.programId)}`;
  return `"link":0${own},"code":${quote(storable(cutText(code, CODE_LENGTH)))}`;
}

/** A link's own source and creative stand where the click names none. */
export function withLinkDefaults(input: ClickInput, link: RoutedLink | undefined): ClickInput {
  if (link === undefined || (link.row.source === "" && link.row.creative === "")) return input;
  const fields = new Map(input.fields);
  if (link.row.source !== "" && !fields.has("source")) fields.set("source", link.row.source);
  if (link.row.creative !== "" && !fields.has("creative")) fields.set("creative", link.row.creative);
  return { ...input, fields };
}

export function headerText(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : cutText(value, 500);
}

/** `es-ES,es;q=0.9` → `es-ES` */
export function languageOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const end = header.search(/[,;]/);
  const language = end < 0 ? header : header.slice(0, end);
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/.test(language) ? language : undefined;
}

/** The click id of the program's cookie, when it was issued here: neither a made-up one nor a test may join a chain. */
export function previousClick(
  clickIds: Pick<ClickIds, "read">,
  header: string | undefined,
  program: RoutedProgram | undefined,
): string | undefined {
  return program === undefined ? undefined : authenticId(clickIds, header, program.cookie);
}

/** The impression id of the program's other cookie, where the program uses impressions. */
export function previousView(
  clickIds: Pick<ClickIds, "read">,
  header: string | undefined,
  program: RoutedProgram | undefined,
): string | undefined {
  const name = program?.viewCookie;
  return name === undefined ? undefined : authenticId(clickIds, header, name);
}

function authenticId(clickIds: Pick<ClickIds, "read">, header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  const value = cookieValue(header, name);
  const place = value === undefined ? undefined : clickIds.read(value);
  return value !== undefined && place !== undefined && place.test !== true ? value.toLowerCase() : undefined;
}

/** The value of a cookie in a Cookie header. */
export function cookieValue(header: string, name: string): string | undefined {
  for (let from = 0; ; ) {
    const at = header.indexOf(`${name}=`, from);
    if (at < 0) return undefined;
    if (at === 0 || header[at - 1] === " " || header[at - 1] === ";") {
      const start = at + name.length + 1;
      const end = header.indexOf(";", start);
      return header.slice(start, end < 0 ? header.length : end).trim();
    }
    from = at + 1;
  }
}
