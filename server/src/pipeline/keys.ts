import anyAscii from "any-ascii";
import providers from "email-providers";
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { LikenessKeys } from "./core/likeness.ts";

/** Domains whose mailboxes belong to everybody: the domain says nothing about who writes. */
const FREE = new Set(providers);
/** Hosts on which everybody has a page: two pages there are two people. */
const EVERYBODYS =
  /(?:^|\.)(?:facebook|instagram|youtube|twitter|x|tiktok|linkedin|twitch|medium|substack|wordpress|blogspot|wixsite|linktr|t|telegram|discord|reddit|vk|google|github)\.(?:com|tv|me|ee|gg|org|io)$/;
const LEGAL =
  /\b(?:ltd|limited|llc|inc|incorporated|corp|corporation|gmbh|ag|kg|ug|sa|sas|sarl|srl|sl|slu|spa|bv|nv|ab|as|aps|oy|oyj|plc|pte|pty|pvt|lda|ltda|eireli|sp z o o|s r o|d o o|doo|kft|ooo|fzco|fze|dmcc|co|company|group|holding|holdings|media|the)\b/g;

export interface Recognisable {
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly website?: string | undefined;
  readonly country?: string | null | undefined;
  readonly handles?: readonly { readonly kind: string; readonly handle: string }[] | undefined;
}

/** What somebody is recognised by, whatever the way in which it was written. */
export function keysOf(one: Recognisable): LikenessKeys {
  const email = emailKey(one.email ?? "");
  const domain = email === null ? null : email.slice(email.lastIndexOf("@") + 1);
  return {
    name: nameKey(one.name),
    email,
    domain: domain === null || FREE.has(domain) ? null : domain,
    host: hostKey(one.website ?? ""),
    phone: phoneKey(one.phone ?? "", one.country ?? null),
    handles: [...new Set((one.handles ?? []).map(handleKey).filter((key) => key !== ""))],
  };
}

/** `ACME Média GmbH & Co. KG` → `acme`; a name that is nothing but such words stays as it is. */
export function nameKey(name: string): string {
  const words = anyAscii(name)
    .toLowerCase()
    .replace(/&/g, " ")
    .replace(/['’.]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  const core = words.replace(LEGAL, " ").replace(/\s+/g, " ").trim();
  return core === "" ? words : core;
}

/** Lower case, without what follows a plus sign; dots in front of Google's domains do not matter. */
export function emailKey(email: string): string | null {
  const at = email.trim().toLowerCase().lastIndexOf("@");
  if (at <= 0) return null;
  const domain = email
    .trim()
    .toLowerCase()
    .slice(at + 1)
    .replace(/^googlemail\.com$/, "gmail.com");
  const box = email.trim().toLowerCase().slice(0, at).replace(/\+.*$/, "");
  return `${domain === "gmail.com" ? box.replaceAll(".", "") : box}@${domain}`;
}

/** Host of an address without `www.`; null for hosts on which everybody has a page. */
export function hostKey(website: string): string | null {
  const text = website.trim();
  if (text === "") return null;
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  const host =
    url?.hostname
      .toLowerCase()
      .replace(/^www\d?\./, "")
      .replace(/\.$/, "") ?? "";
  return host === "" || !host.includes(".") || EVERYBODYS.test(host) ? null : host;
}

/** E.164; numbers without a country's code are read as one of the country. */
export function phoneKey(phone: string, country: string | null): string | null {
  const text = phone.trim().replace(/^00/, "+");
  if (text === "") return null;
  const parsed = parsePhoneNumberFromString(text, country === null ? undefined : (country as CountryCode));
  return parsed?.isPossible() === true ? parsed.number : null;
}

function handleKey(one: { readonly kind: string; readonly handle: string }): string {
  const bare = one.handle
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/[^/]+\//, "")
    .replace(/^@/, "")
    .replace(/[/?#].*$/, "");
  return bare === "" ? "" : `${one.kind}:${bare}`;
}
