import type { EntityKind, ListEntry, ListedName, Topic } from "../core/names.ts";
import { countryCode } from "./countries.ts";

/** What a reader gathers of one party, in the publisher's own words. */
export interface Gathered {
  list: string;
  id: string;
  kind: string;
  topic?: Topic;
  names: ListedName[];
  births: (string | undefined)[];
  countries: string[];
  identifiers: string[];
  programs: string[];
  remarks?: string;
}

export const gathered = (list: string, id: string, kind: string): Gathered => ({
  list,
  id,
  kind,
  names: [],
  births: [],
  countries: [],
  identifiers: [],
  programs: [],
});

const KINDS: readonly (readonly [RegExp, EntityKind])[] = [
  [/^(?:individual|person|p|natural person|people)$/i, "person"],
  [/vessel|ship/i, "vessel"],
  [/aircraft|airplane/i, "aircraft"],
  [
    /^(?:entity|enterprise|e|organi[sz]ation|company|legalentity|legal entity|publicbody|public body|business|corporate|group)$/i,
    "organization",
  ],
];

/** @returns undefined for a party without any name: it cannot be looked for */
export function finishEntry(from: Gathered): ListEntry | undefined {
  const names = new Map<string, ListedName>();
  for (const { text, weak } of from.names) {
    const plain = text.replace(/\s+/g, " ").trim();
    if (!/\p{L}|\p{N}/u.test(plain)) continue;
    const before = names.get(plain.toLowerCase());
    if (before === undefined || (before.weak && !weak)) names.set(plain.toLowerCase(), { text: plain, weak });
  }
  if (names.size === 0 || from.id === "") return undefined;
  const countries = from.countries.map(countryCode).filter((code) => code !== undefined);
  const identifiers = from.identifiers.map(plainIdentifier).filter((number) => number.length > 3);
  return {
    list: from.list,
    id: from.id,
    kind: KINDS.find(([pattern]) => pattern.test(from.kind.trim()))?.[1] ?? "unknown",
    topic: from.topic ?? "sanction",
    names: [...names.values()],
    births: unique(from.births.filter((birth) => birth !== undefined)),
    countries: unique(countries),
    identifiers: unique(identifiers),
    programs: unique(from.programs.map((program) => program.trim()).filter((program) => program !== "")),
    remarks: (from.remarks ?? "").trim().slice(0, 2000),
  };
}

/** "AB 123.456" → "AB123456": numbers are written in many ways. */
export function plainIdentifier(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
