import type { Asked, EntityKind, ListEntry } from "./names.ts";

/** What else is known of both, beside the name: each raises or lowers the score. */
export interface Evidence {
  readonly what: "identifier" | "birth" | "country" | "kind";
  readonly says: "same" | "near" | "different";
  readonly asked: string;
  readonly listed: string;
  /** added to the score, negative when it speaks against */
  readonly change: number;
}

export const EVIDENCE_RULES = {
  birth: { same: 0.05, near: 0.02, different: -0.16 },
  country: { same: 0.02, different: -0.03 },
  kind: { different: -0.12 },
};

/** @returns what speaks for and against, and whether a document's number alone decides */
export function evidenceOf(asked: Asked, entry: ListEntry): readonly Evidence[] {
  return [
    identifiers(asked, entry),
    births(asked, entry),
    countries(asked, entry),
    kinds(asked.kind, entry.kind),
  ].filter((one) => one !== undefined);
}

function identifiers(asked: Asked, entry: ListEntry): Evidence | undefined {
  const same = asked.identifiers?.find((number) => number.length > 4 && entry.identifiers.includes(number));
  return same === undefined ? undefined : { what: "identifier", says: "same", asked: same, listed: same, change: 0 };
}

function births(asked: Asked, entry: ListEntry): Evidence | undefined {
  const given = asked.births ?? [];
  if (given.length === 0 || entry.births.length === 0) return undefined;
  const grades = given.flatMap((one) => entry.births.map((other) => gradeOf(one, other)));
  const says = grades.includes("same") ? "same" : grades.includes("near") ? "near" : "different";
  return {
    what: "birth",
    says,
    asked: given.join(", "),
    listed: entry.births.join(", "),
    change: EVIDENCE_RULES.birth[says],
  };
}

/** Lists often know only the year, and day and month are written either way round. */
function gradeOf(one: string, other: string): Evidence["says"] {
  const [left, right] = [yearsOf(one), yearsOf(other)];
  if (one === other && one.length === 10) return "same";
  if (one.length === 10 && other.length === 10 && left[0] === right[0])
    return one.slice(5, 7) === other.slice(8, 10) && one.slice(8, 10) === other.slice(5, 7) ? "same" : "near";
  if (left[0] <= right[1] + 1 && right[0] <= left[1] + 1) return "near";
  return "different";
}

function yearsOf(birth: string): readonly [number, number] {
  const years = birth.split("/").map((part) => Number(part.slice(0, 4)));
  const first = years[0] ?? 0;
  return [first, years[1] ?? first];
}

function countries(asked: Asked, entry: ListEntry): Evidence | undefined {
  const given = asked.countries ?? [];
  if (given.length === 0 || entry.countries.length === 0) return undefined;
  const says = given.some((country) => entry.countries.includes(country)) ? "same" : "different";
  return {
    what: "country",
    says,
    asked: given.join(", "),
    listed: entry.countries.join(", "),
    change: EVIDENCE_RULES.country[says],
  };
}

function kinds(asked: EntityKind | undefined, listed: EntityKind): Evidence | undefined {
  if (asked === undefined || asked === "unknown" || listed === "unknown" || asked === listed) return undefined;
  return { what: "kind", says: "different", asked, listed, change: EVIDENCE_RULES.kind.different };
}
