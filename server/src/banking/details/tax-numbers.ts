import { stdnum } from "stdnum";
import { compact, complaint, mod97 } from "./codes.ts";
import type { DetailProblem, NumberVerdict } from "./contracts.ts";
import { OWN_RULES } from "./number-rules.ts";

/** What this room uses of one validator of the library. */
interface Validator {
  readonly name: string;
  validate(value: string): { readonly isValid: boolean; readonly compact?: string; readonly error?: Error };
}

/** The kind that is the VAT (sales tax) number, where the library does not call it so; Romania's may be a person's. */
const VAT_KINDS: Readonly<Record<string, readonly string[]>> = {
  AL: ["nipt"],
  AR: ["cuit"],
  AT: ["uid"],
  BY: ["unp"],
  CA: ["gst"],
  CZ: ["dic"],
  DK: ["cvr"],
  EE: ["kmkr"],
  ES: ["nif"],
  FI: ["alv"],
  FR: ["tva"],
  HR: ["oib"],
  HU: ["anum"],
  ID: ["npwp"],
  IN: ["gstin"],
  IS: ["vsk"],
  IT: ["iva"],
  LT: ["pvm"],
  LU: ["tva"],
  LV: ["pvn"],
  MC: ["tva"],
  NL: ["btw"],
  NO: ["mva"],
  PL: ["nip"],
  PT: ["nif", "nipc"],
  RO: ["cif", "cnp"],
  SI: ["ddv"],
  VE: ["rif"],
};

/** The letters before a VAT number inside the European Union and its neighbours. */
const PREFIXES: Readonly<Record<string, string>> = { GR: "EL", CH: "CHE" };
const PREFIXED = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK".split(" "),
);

/** Which numbers of a country can be checked: `vat` where it has one, then the country's own by their usual names (`ein`, `utr`, `cpf` …). */
export function taxNumberKinds(country: string): readonly string[] {
  const own = Object.keys(stdnum[country] ?? {});
  const vat = own.includes("vat") || VAT_KINDS[country] !== undefined ? ["vat"] : [];
  const added = Object.keys(OWN_RULES[country] ?? {});
  return [...new Set([...vat, ...own, ...added, "lei"])];
}

/**
 * Checks a tax, VAT or company number by form and check digits (whether it is registered only the authority knows). `country`: ISO 3166,
 * `EU` for the one-stop-shop number; `kind`: one of `taxNumberKinds`. VAT numbers of the EU may be typed with or without their country;
 * they come back with it.
 */
export function checkTaxNumber(country: string, kind: string, value: string): NumberVerdict {
  const land = country === "EL" ? "GR" : country === "XI" ? "GB" : country;
  const typed = value.normalize("NFKC").trim();
  if (typed === "") return refused(value, "missing", "is missing", "Give the number.");
  const special = kind === "lei" ? lei : OWN_RULES[land]?.[kind];
  if (special !== undefined) {
    const found = special(compact(typed), typed);
    return typeof found === "string"
      ? { ok: true, normalised: withPrefix(land, kind, found) }
      : refused(value, found.code, found.message, ASK);
  }
  const validators = validatorsOf(land, kind);
  if (validators.length === 0) {
    const known = taxNumberKinds(land).join(", ");
    return refused(value, "unknown_kind", `is of a kind ${kind} that is not known for ${country}`, `Known: ${known}.`);
  }
  return byLibrary(land, kind, value, typed, validators);
}

const ASK = "Copy it from the registration or the tax card.";

function byLibrary(
  land: string,
  kind: string,
  value: string,
  typed: string,
  validators: readonly Validator[],
): NumberVerdict {
  const first = validators[0];
  let problem: Error | undefined;
  for (const candidate of candidates(land, kind, typed)) {
    for (const validator of validators) {
      const verdict = validated(validator, candidate);
      if (verdict.isValid) return { ok: true, normalised: withPrefix(land, kind, verdict.compact ?? candidate) };
      problem ??= verdict.error;
    }
  }
  const [code, message] = wordsFor(problem);
  return refused(value, code, `${message} (${first?.name ?? kind})`, ASK);
}

/** With the country in front as people write it, and without: the library wants it for some countries and not for others. */
function candidates(land: string, kind: string, typed: string): readonly string[] {
  const plain = compact(typed);
  if (kind !== "vat" || !PREFIXED.has(land)) return [typed, plain];
  const prefix = PREFIXES[land] ?? land;
  const bare = plain.startsWith(prefix) ? plain.slice(prefix.length) : land === "GB" ? plain.replace(/^XI/, "") : plain;
  return bare.startsWith(prefix) ? [plain] : [`${prefix}${bare}`, bare];
}

function withPrefix(land: string, kind: string, found: string): string {
  const prefix = PREFIXES[land] ?? land;
  if (kind !== "vat" || !PREFIXED.has(land) || found.startsWith(prefix)) return found;
  return `${prefix}${found}`;
}

function validatorsOf(land: string, kind: string): readonly Validator[] {
  const own: Readonly<Record<string, Validator>> = stdnum[land] ?? {};
  const kinds = kind === "vat" ? (VAT_KINDS[land] ?? ["vat"]) : [kind === "bankaccount" ? "bank" : kind];
  return kinds.flatMap((name) => own[name] ?? []);
}

/** The library throws on some odd inputs (a letter where it counts): to us that is a number that is not valid. */
function validated(validator: Validator, text: string): ReturnType<Validator["validate"]> {
  try {
    return validator.validate(text);
  } catch (error) {
    return { isValid: false, error: error as Error };
  }
}

function wordsFor(problem: Error | undefined): readonly [DetailProblem, string] {
  switch (problem?.name) {
    case "InvalidLength":
      return ["wrong_length", "has not the right number of characters"];
    case "InvalidChecksum":
      return ["wrong_checksum", "does not agree with its check digit: a character is wrong"];
    case "InvalidComponent":
      return ["wrong_component", "has a part that cannot be"];
    default:
      return ["wrong_format", "is not built as it should be"];
  }
}

function refused(value: string, code: DetailProblem, message: string, hint: string): NumberVerdict {
  return { ok: false, complaint: complaint("taxNumber", value, code, message, hint) };
}

/** Legal entity identifier: 18 letters and digits and two check digits (ISO 17442, mod 97-10). */
function lei(plain: string): string | { code: DetailProblem; message: string } {
  if (plain.length !== 20) return { code: "wrong_length", message: "has not 20 characters" };
  if (!/^[A-Z0-9]{18}\d\d$/.test(plain)) return { code: "wrong_format", message: "is not built like an LEI" };
  if (mod97(plain) !== 1) return { code: "wrong_checksum", message: "does not agree with its check digits" };
  return plain;
}
