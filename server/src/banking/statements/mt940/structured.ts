import type { BankTransactionCode, ReturnReason } from "../contracts.ts";
import { partyAccount, present } from "../references.ts";
import { codeWords } from "./code-words.ts";
import type { Information } from "./told.ts";

/**
 * The structured `:86:` of German, Austrian, Polish, Czech, Hungarian and other banks (DFÜ-Abkommen annex 3, chapter 8): three digits (the
 * business transaction code, GVC), then parts of a mark and two digits: 00 what it is called, 10 the voucher's number, 20–29 and 60–63
 * remittance, 30 bank code or BIC, 31 account or IBAN, 32–33 name, 34 the addition to the code.
 * The mark is `?` with most banks, `>`, `<`, `~`, `^` or `@` with others.
 */
export function structuredText(text: string): Information | undefined {
  const head = /^\s*(\d{3})\s*([?><~^@+])(?=\d\d)/.exec(text) ?? /^\s*()([?><~^])(?=\d\d)/.exec(text);
  if (head === null) return undefined;
  const parts = partsOf(text.slice(head.index + head[0].length - 1), head[2] ?? "?");
  // 60–63 go on where 29 is full; else they are lines of their own.
  const more = numbered(parts, [[60, 63]]);
  const words = codeWords([...numbered(parts, [[20, 29]]), ...(parts.has(29) ? more : [])]);
  const lines = parts.has(29) ? [] : more.map((line) => line.trim()).filter((line) => line !== "");
  const name = join(numbered(parts, [[32, 33]]));
  const account = parts.get(31) ?? parts.get(38);
  const bank = parts.get(30)?.trim();
  const gvc = head[1] ?? "";
  const returned = returnOf(gvc, parts, words.text);
  return {
    dialect: "structured",
    references: words.references,
    counterparty: present({
      name: (name || words.party.name) ?? undefined,
      ...(account === undefined ? partyAccount(words.party.iban) : partyAccount(account)),
      bic: bank !== undefined && isBic(bank) ? bank : words.party.bic,
      bankCode: bank !== undefined && !isBic(bank) ? bank : undefined,
      ultimateName: words.party.ultimateName,
    }),
    remittance: { ...words.remittance, unstructured: [...words.remittance.unstructured, ...lines] },
    codes: codesOf(gvc, parts),
    ...present({ text: parts.get(0)?.trim(), purpose: words.purpose }),
    ...(returned === undefined ? {} : { returned }),
  };
}

/** Part number → its text; what stands twice is written one behind the other. */
function partsOf(text: string, mark: string): ReadonlyMap<number, string> {
  const parts = new Map<number, string>();
  const escaped = `\\${mark}`;
  for (const piece of text.split(new RegExp(`${escaped}(?=\\d\\d)`)).slice(1)) {
    const number = Number(piece.slice(0, 2));
    parts.set(number, (parts.get(number) ?? "") + piece.slice(2));
  }
  return parts;
}

function numbered(
  parts: ReadonlyMap<number, string>,
  ranges: readonly (readonly [number, number])[],
): readonly string[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => parts.get(from + at)).filter((one) => one !== undefined),
  );
}

/** Names are cut at 27 letters like everything else: `Abteilun` and `g Erhebung`. */
function join(pieces: readonly string[]): string {
  let text = "";
  for (const piece of pieces) text += text === "" || text.endsWith(" ") || lastOf(text) ? piece : ` ${piece}`;
  return text.replace(/\s+/g, " ").trim();

  function lastOf(before: string): boolean {
    return before.length % 27 === 0;
  }
}

function isBic(text: string): boolean {
  return /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2,6}$/.test(text);
}

function codesOf(gvc: string, parts: ReadonlyMap<number, string>): readonly BankTransactionCode[] {
  if (gvc === "") return [];
  const text = parts.get(0)?.trim();
  return [{ code: gvc, system: "gvc", ...present({ text }) }];
}

/** Codes of the German list that are returns: of a direct debit (108, 109, 181, 182, 184), a transfer (159, 059), a cheque (011). */
const RETURNS = new Set(["011", "059", "108", "109", "159", "181", "182", "184", "206"]);

function returnOf(gvc: string, parts: ReadonlyMap<number, string>, text: string): ReturnReason | undefined {
  if (!RETURNS.has(gvc)) return undefined;
  const code = /\b(?:RETURN|R-?GRUND|REASON|RTRN)[ :/+-]*([A-Z]{2}\d\d)\b/i.exec(text)?.[1];
  return present({ code: code ?? parts.get(34)?.trim(), text: parts.get(0)?.trim() });
}
