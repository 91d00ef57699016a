import { partyAccount, present } from "../references.ts";
import type { Information } from "./told.ts";

/**
 * `:NS:` behind an entry, as some banks write it instead of `:86:`: lines that begin with two digits. 01–14 are remittance, 15–16 the
 * other party's name, 17 what the booking is called, 33 its bank, 34 its account.
 */
export function nonSwift(lines: readonly string[]): Information {
  const numbered = lines.flatMap((line) => {
    const match = /^(\d\d)(.*)$/.exec(line);
    return match === null ? [] : [[Number(match[1]), (match[2] ?? "").trim()] as const];
  });
  const between = (from: number, to: number): readonly string[] =>
    numbered.filter(([number, text]) => number >= from && number <= to && text !== "").map(([, text]) => text);
  return {
    dialect: "structured",
    references: {},
    counterparty: present({
      name: between(15, 16).join(" "),
      bankCode: between(33, 33)[0],
      ...partyAccount(between(34, 34)[0]),
    }),
    remittance: { unstructured: between(1, 14), structured: [] },
    codes: [],
    ...present({ text: between(17, 17)[0] }),
  };
}
