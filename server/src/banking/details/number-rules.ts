import type { DetailProblem } from "./contracts.ts";

/** The number in its plain form, or why it is none. */
type Rule = (plain: string, typed: string) => string | { readonly code: DetailProblem; readonly message: string };

/**
 * Numbers that the library lacks or refuses although they are right (BG, CZ, SK: numbers of persons and special cases are used as VAT numbers).
 * Source of the algorithms: python-stdnum (bg.vat, cz.dic, sk.dph, eu.oss, de.handelsregisternummer), which took them from the authorities.
 */
export const OWN_RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  BG: { vat: bulgarianVat },
  CZ: { vat: czechVat },
  DE: { handelsregister },
  EU: { oss: oneStopShop },
  SK: { vat: slovakVat },
};

const CHECKSUM = {
  code: "wrong_checksum",
  message: "does not agree with its check digit: a character is wrong",
} as const;
const LENGTH = { code: "wrong_length", message: "has not the right number of characters" } as const;
const FORMAT = { code: "wrong_format", message: "is not built as it should be" } as const;

function weighted(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0);
}

function bulgarianVat(plain: string): ReturnType<Rule> {
  const number = plain.replace(/^BG/, "");
  if (!/^\d+$/.test(number)) return FORMAT;
  if (number.length === 9) return bulgarianCompany(number) ? number : CHECKSUM;
  if (number.length !== 10) return LENGTH;
  const person = (weighted(number, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10;
  const foreigner = weighted(number, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
  const other = (11 - (weighted(number, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  const last = Number(number[9]);
  return [person, foreigner, other].includes(last) ? number : CHECKSUM;
}

function bulgarianCompany(number: string): boolean {
  let check = weighted(number, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  if (check === 10) check = weighted(number, [3, 4, 5, 6, 7, 8, 9, 10]) % 11;
  return check % 10 === Number(number[8]);
}

function czechVat(plain: string): ReturnType<Rule> {
  const number = plain.replace(/^CZ/, "");
  if (!/^\d+$/.test(number)) return FORMAT;
  if (number.length < 8 || number.length > 10) return LENGTH;
  if (number.length === 8) return !number.startsWith("9") && czechCompany(number) ? number : CHECKSUM;
  if (number.length === 9 && number.startsWith("6")) {
    const check = weighted(number.slice(1), [8, 7, 6, 5, 4, 3, 2]) % 11;
    return (8 - ((10 - check) % 11) + 10) % 10 === Number(number[8]) ? number : CHECKSUM;
  }
  return birthNumber(number) ? number : CHECKSUM;
}

function czechCompany(number: string): boolean {
  const check = (11 - (weighted(number, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return (check === 0 ? 1 : check === 10 ? 0 : check) % 10 === Number(number[7]);
}

/** A person's birth number: year, month (women +50, since 2004 also +20), day; ten digits since 1954, then a multiple of eleven. */
function birthNumber(number: string): boolean {
  const month = (Number(number.slice(2, 4)) % 50) % 20;
  const day = Number(number.slice(4, 6));
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  if (number.length === 9) return Number(number.slice(0, 2)) <= 53;
  const check = Number(number.slice(0, 9)) % 11;
  return (check === 10 ? 0 : check) === Number(number[9]);
}

function slovakVat(plain: string): ReturnType<Rule> {
  const number = plain.replace(/^SK/, "");
  if (!/^\d+$/.test(number)) return FORMAT;
  if (number.length !== 10) return LENGTH;
  if (/^[1-9]\d[234789]/.test(number) && BigInt(number) % 11n === 0n) return number;
  return birthNumber(number) ? number : CHECKSUM;
}

/** The number of somebody outside the Union in its one-stop shop: EU (or IM), the country 372 …, two digits of check by mod 97. */
function oneStopShop(plain: string): ReturnType<Rule> {
  if (plain.startsWith("IM")) return plain.length === 12 ? importNumber(plain) : LENGTH;
  if (plain.length !== 11) return LENGTH;
  return /^EU\d{9}$/.test(plain) ? plain : FORMAT;
}

function importNumber(plain: string): ReturnType<Rule> {
  return /^IM\d{10}$/.test(plain) ? plain : FORMAT;
}

const REGISTER = /^(.+?)[ ,]+(HRA|HRB|PR|GnR|VR|GsR)\s*(\d{1,6})(?:\s*([A-Z]{1,4}))?$/iu;

/** A German court, its register, the number and for some courts letters behind it: `Aachen HRA 11223`, or the register first. */
function handelsregister(_plain: string, typed: string): ReturnType<Rule> {
  const text = typed.replace(/\s+/g, " ").trim();
  const turned = /^(?:HRA|HRB|PR|GnR|VR|GsR)\b/i.test(text)
    ? text.replace(/^(\S+ ?\d+(?: [A-Z]{1,3})?),? (.+)$/i, "$2 $1")
    : text;
  const [, court, register, number, letters] = REGISTER.exec(turned) ?? [];
  if (court === undefined || register === undefined || number === undefined) return FORMAT;
  if (letters !== undefined && letters.length > 3) return FORMAT;
  return `${court} ${register.toUpperCase()} ${number}${letters === undefined ? "" : ` ${letters}`}`;
}
