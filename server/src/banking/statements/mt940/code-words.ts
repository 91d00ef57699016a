import type { Remittance } from "../contracts.ts";
import type { LooseReferences } from "../references.ts";

/** What SEPA words (`EREF+`, `SVWZ+`, or `EREF: ` with some banks) in remittance text say. */
export interface CodeWords {
  readonly references: LooseReferences;
  readonly remittance: Remittance;
  readonly party: {
    readonly name?: string;
    readonly iban?: string;
    readonly bic?: string;
    readonly ultimateName?: string;
  };
  readonly purpose?: string;
  /** all of the text, in one */
  readonly text: string;
}

/** With a plus sign a word counts wherever it stands; with a colon, only as a word of its own, and only where there is no plus sign. */
const PLUS = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF|RCMT|VWZ)\+/g;
const COLON = /(?:^|(?<=[\s.,;-]))(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF|RCMT|VWZ): ?/g;

/**
 * Takes the 27-letter pieces of the remittance apart by its words. A word may begin within a piece and even be cut by its end, so that
 * the pieces are put together first; without any word each piece is a line of its own.
 */
export function codeWords(pieces: readonly string[]): CodeWords {
  const text = pieces.join("");
  const plus = [...text.matchAll(PLUS)];
  const found = plus.length > 0 ? plus : [...text.matchAll(COLON)];
  if (found.length === 0) {
    const lines = pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
    return { references: {}, remittance: { unstructured: lines, structured: [] }, party: {}, text };
  }
  const values = new Map<string, string>();
  for (const [at, match] of found.entries()) {
    const value = text.slice(match.index + match[0].length, found[at + 1]?.index).trim();
    const word = match[1] ?? "";
    if (!values.has(word)) values.set(word, value);
  }
  const before = text.slice(0, found[0]?.index).trim();
  const purpose = values.get("SVWZ") ?? values.get("VWZ") ?? "";
  return {
    references: {
      endToEndId: compact(values.get("EREF")),
      customer: compact(values.get("KREF")),
      mandateId: compact(values.get("MREF")),
      creditorId: compact(values.get("CRED")),
    },
    remittance: { unstructured: [before, purpose].filter((one) => one !== ""), structured: [] },
    party: {
      ...(values.has("ABWA") ? { ultimateName: values.get("ABWA") ?? "" } : {}),
      ...(values.has("ABWE") ? { ultimateName: values.get("ABWE") ?? "" } : {}),
      ...(values.has("IBAN") ? { iban: (values.get("IBAN") ?? "").split(/\s/)[0] ?? "" } : {}),
      ...(values.has("BIC") ? { bic: (values.get("BIC") ?? "").split(/\s/)[0] ?? "" } : {}),
    },
    ...(values.has("PURP") ? { purpose: values.get("PURP") ?? "" } : {}),
    text,
  };
}

/** A reference is cut by the pieces' ends; blanks in it are the padding of the piece. */
function compact(value: string | undefined): string | undefined {
  return value?.replace(/ {2,}/g, " ");
}
