import { ContactRole, PartnerEntity, PartnerKind, PartnerStatus } from "@tributary/contract";
import { withFormula } from "../../../kernel/csv.ts";
import { type DayOrder, readDate } from "../../../kernel/written-days.ts";
import type { FieldRule } from "./fields.ts";

/** What is wrong with a value; its words are the catalogue's (contract/src/bulk-problems.ts). */
export interface ValueProblem {
  readonly code: string;
  readonly details?: Readonly<Record<string, string>>;
}
export type Reading = { readonly value: unknown } | { readonly problem: ValueProblem };

/** What names in cells stand for: regions by id, code and name; people by id, e-mail and name. All in lower case. */
export interface Names {
  readonly regions: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

const wrong = (code: string, details?: Readonly<Record<string, string>>): Reading => ({
  problem: { code, ...(details === undefined ? {} : { details }) },
});

/** A cell without what other programs put around it: blanks of all kinds, the apostrophe that our own exports put before formulas. */
export function plainCell(cell: string): string {
  return withFormula(cell.replace(/[\u00a0\u202f\u200b\ufeff]/g, " ").trim());
}

/** Reads a cell that is not empty. */
export function readCell(rule: FieldRule, cell: string, names: Names, order: DayOrder | null): Reading {
  const most = rule.most ?? 500;
  if (rule.value !== "tags" && rule.value !== "countries" && cell.length > most)
    return wrong("too_long", { most: String(most) });
  return READERS[rule.value](cell, names, order);
}

type Reader = (cell: string, names: Names, order: DayOrder | null) => Reading;

const READERS: Readonly<Record<FieldRule["value"], Reader>> = {
  id: (cell) => (/^(?:prt|cnt)_[0-9a-z]{20,40}$/i.test(cell) ? { value: cell.toLowerCase() } : wrong("no_id")),
  code: (cell) =>
    /^[a-z0-9][a-z0-9-]{1,59}$/.test(cell.toLowerCase()) ? { value: cell.toLowerCase() } : wrong("no_code"),
  name: (cell) => ({ value: cell.replace(/\s+/g, " ") }),
  text: (cell) => ({ value: cell }),
  kind: (cell) => oneOf(PartnerKind.options, KIND_WORDS, cell),
  status: (cell) => oneOf(PartnerStatus.options, STATUS_WORDS, cell),
  entity: (cell) => oneOf(PartnerEntity.options, ENTITY_WORDS, cell),
  region: (cell, { regions }) => named(regions, cell, "unknown_region"),
  person: (cell, { people }) => named(people, addressIn(cell) ?? cell, "unknown_person"),
  partner: (cell) => ({ value: cell.toLowerCase() }),
  country: (cell) => {
    const code = countryCode(cell);
    return code === undefined ? wrong("no_country") : { value: code };
  },
  countries: (cell) => {
    const parts = listed(cell);
    const codes = parts.map(countryCode);
    const at = codes.indexOf(undefined);
    return at < 0 ? { value: [...new Set(codes)] } : wrong("no_country", { part: parts[at] ?? "" });
  },
  language: (cell) => {
    const code = languageCode(cell);
    return code === undefined ? wrong("no_language") : { value: code };
  },
  email: (cell) => {
    const address = addressIn(cell);
    return address === undefined ? wrong("no_email") : { value: address };
  },
  tags: (cell) => {
    const tags = [...new Set(listed(cell))];
    if (tags.length > 30) return wrong("too_many_tags");
    return tags.some((tag) => tag.length > 40) ? wrong("too_long", { most: "40" }) : { value: tags };
  },
  roles: (cell) => {
    const roles = listed(cell).map((role) => role.toLowerCase());
    const unknown = roles.find((role) => !ContactRole.options.includes(role as ContactRole));
    if (unknown !== undefined) return wrong("none_of", { options: ContactRole.options.join(", ") });
    return { value: [...new Set(roles)] };
  },
  day: (cell, _names, order) => {
    const day = readDate(cell, order);
    return day === undefined || day.length < 10 || !day.includes("-") ? wrong("no_day") : { value: day.slice(0, 10) };
  },
  custom: (cell) => ({ value: cell }),
};

function oneOf(options: readonly string[], said: Readonly<Record<string, string>>, cell: string): Reading {
  const word = cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (options.includes(word)) return { value: word };
  const meant = said[word];
  return meant === undefined ? wrong("none_of", { options: options.join(", ") }) : { value: meant };
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  ib: "introducing_broker",
  introducer: "introducing_broker",
  afiliado: "affiliate",
  affiliato: "affiliate",
  red: "network",
  influenciador: "influencer",
  revendedor: "reseller",
  agencia: "agency",
  agentur: "agency",
  media_buying: "media_buyer",
  comprador_de_medios: "media_buyer",
};
const STATUS_WORDS: Readonly<Record<string, string>> = {
  pending: "applied",
  new: "applied",
  solicitado: "applied",
  approved: "active",
  enabled: "active",
  activo: "active",
  aktiv: "active",
  suspended: "paused",
  inactive: "paused",
  en_pausa: "paused",
  pausado: "paused",
  closed: "deactivated",
  disabled: "deactivated",
  desactivado: "deactivated",
  declined: "rejected",
  rechazado: "rejected",
};
const ENTITY_WORDS: Readonly<Record<string, string>> = {
  person: "individual",
  natural_person: "individual",
  persona: "individual",
  autonomo: "individual",
  business: "company",
  corporate: "company",
  empresa: "company",
  sociedad: "company",
  firma: "company",
};

function named(map: ReadonlyMap<string, string>, cell: string, code: string): Reading {
  const id = map.get(cell.toLowerCase());
  return id === undefined ? wrong(code) : { value: id };
}

/** The address in `Ana <ana@example.com>` or `mailto:ana@example.com`. */
function addressIn(cell: string): string | undefined {
  const bare = (/<([^<>]+)>\s*$/.exec(cell)?.[1] ?? cell).replace(/^mailto:/i, "").trim();
  return /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(bare) && bare.length <= 254 ? bare : undefined;
}

function listed(cell: string): string[] {
  return cell
    .split(/[,;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const COUNTRIES = namesOf("region", ["en", "es", "de", "fr", "pt", "it"]);
const MORE_COUNTRIES: Readonly<Record<string, string>> = {
  usa: "US",
  "united states of america": "US",
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  uae: "AE",
  holland: "NL",
  "south korea": "KR",
  "czech republic": "CZ",
  russia: "RU",
};
const LANGUAGES = namesOf("language", ["en", "es", "de", "fr", "pt", "it"]);

function namesOf(type: "region" | "language", locales: readonly string[]): ReadonlyMap<string, string> {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((a) => letters.map((b) => (type === "region" ? a + b : (a + b).toLowerCase())));
  // Codes that were withdrawn (DD, BU …) still have names: those of what they became.
  const standing = codes.filter((code) => {
    const tag = type === "region" ? `und-${code}` : code;
    return Intl.getCanonicalLocales(tag)[0] === tag;
  });
  const found = new Map<string, string>();
  for (const locale of locales) {
    const display = new Intl.DisplayNames([locale], { type, fallback: "none" });
    for (const code of standing) {
      const name = display.of(code)?.toLowerCase();
      if (name !== undefined && !found.has(name)) found.set(name, code);
    }
  }
  return found;
}

const NO_COUNTRIES = new Set(["EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"]);
const CODES: ReadonlySet<string> = new Set([...COUNTRIES.values()].filter((code) => !NO_COUNTRIES.has(code)));

function countryCode(cell: string): string | undefined {
  const word = cell.trim().toLowerCase();
  const more = MORE_COUNTRIES[word];
  if (more !== undefined) return more;
  if (/^[a-z]{2}$/.test(word)) return CODES.has(word.toUpperCase()) ? word.toUpperCase() : undefined;
  return COUNTRIES.get(word);
}

const SPOKEN: ReadonlySet<string> = new Set(LANGUAGES.values());

function languageCode(cell: string): string | undefined {
  const found = /^([a-z]{2})(?:[-_]([a-z]{2}))?$/i.exec(cell.trim());
  if (found === null) return LANGUAGES.get(cell.trim().toLowerCase());
  const [, language = "", country] = found;
  if (!SPOKEN.has(language.toLowerCase())) return undefined;
  return country === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${country.toUpperCase()}`;
}
