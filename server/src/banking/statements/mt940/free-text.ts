import type { Counterparty } from "../contracts.ts";
import { ibanOf, type LooseReferences, partyAccount, present, referenceOf } from "../references.ts";
import { unwrapped } from "./fields.ts";
import type { Information } from "./told.ts";

/**
 * Text without a structure of its own. All of it is remittance; who the other side is, is read where a bank has a habit that can be told
 * apart: `REK: …/NAAM: …` (Knab), `NL29INGB0006475121 j blom` (ASN, SNS), `0111111111 NAME` (old ING), `64.45.12.113 NAME` and
 * `GIRO 428428 NAME` (old ABN AMRO), `OD: … TYT.: …` (mBank), `TYPE:text:name:IBAN` (Penta). Else an IBAN that stands alone in it.
 */
export function freeText(lines: readonly string[], own: string | undefined): Information {
  // SWIFT allows 390 letters; the patterns below are not to be tried on a text without end.
  const flat = unwrapped(lines).slice(0, LONGEST).replace(/\s+/g, " ").trim();
  const kept = lines.map((line) => line.trim()).filter((line) => line !== "");
  return {
    dialect: "free",
    references: tagged(flat),
    counterparty: partyIn((kept[0] ?? "").slice(0, LONGEST), flat, own),
    remittance: { unstructured: kept, structured: [] },
    codes: [],
  };
}

const LONGEST = 1500;

function partyIn(first: string, flat: string, own: string | undefined): Counterparty {
  const knab = /REK: ?([A-Z0-9]+)\s*\/\s*NAAM: ?(.+)$/.exec(flat) ?? /()NAAM: ?(.+)$/.exec(flat);
  if (knab !== null) return party(knab[2], knab[1]);
  const solaris = /^\d{3}[A-Z_]{4,}:.*?:([^:]+):([A-Z]{2}\d{2}[A-Z0-9]{10,30})(?::|$)/.exec(flat);
  if (solaris !== null) return party(solaris[1], solaris[2]);
  const polish = /(?:Z|NA) RACH\.: ?([\d ]{26,32});?.*?(?:OD|DLA): ?(.+?); ?TYT/.exec(flat);
  if (polish !== null) return party(polish[2], polish[1]?.replaceAll(" ", ""));
  const leading = /^([A-Z]{2}\d{2}[A-Z0-9]{11,30}) +(.+)$/.exec(first);
  if (leading !== null && ibanOf(leading[1]) !== undefined) return party(firstColumn(leading[2]), leading[1]);
  const old = /^(?:GIRO +(\d{3,9})|(\d{2}\.\d{2}\.\d{2}\.\d{3})|(\d{9,10})) +(\S.*)$/.exec(first);
  if (old !== null) return party(firstColumn(old[4]), old[1] ?? old[2] ?? old[3]);
  return alone(flat, own);
}

function party(name: string | undefined, account: string | undefined): Counterparty {
  return { ...partyAccount(account === "" ? undefined : account), ...present({ name: name?.trim() }) };
}

/** Old statements are tables: a name ends where two blanks do, and at 32 letters at most. */
function firstColumn(text: string | undefined): string | undefined {
  return text
    ?.split(/ {2,}|\t/)[0]
    ?.slice(0, 32)
    .trim();
}

function alone(flat: string, own: string | undefined): Counterparty {
  const found = new Set((flat.match(/\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/g) ?? []).flatMap((one) => ibanOf(one) ?? []));
  if (own !== undefined) found.delete(own);
  const [only] = found;
  return found.size === 1 && only !== undefined ? { iban: only } : {};
}

/** `EREF: X`, `MREF: X`, `Kenmerk: X`, `End-to-end: X` within free text. */
function tagged(flat: string): LooseReferences {
  const after = (pattern: string): string | undefined =>
    referenceOf(new RegExp(`(?:^|[\\s;,/])(?:${pattern})[:+] ?([^\\s;,]{3,35})`, "i").exec(flat)?.[1]);
  return {
    endToEndId: after("EREF|E2E|End-to-end|EndToEndID"),
    mandateId: after("MREF|Mandaat|Mandate"),
    customer: after("KREF"),
  };
}
