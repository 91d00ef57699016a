/** What a listed party is, or what the asker says that a name is. */
export const ENTITY_KINDS = ["person", "organization", "vessel", "aircraft", "unknown"] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

export const TOPICS = ["sanction", "pep", "watch"] as const;
/** What being on a list means: forbidden, to be looked at more closely, or wanted for something else. */
export type Topic = (typeof TOPICS)[number];

export interface ListedName {
  readonly text: string;
  /** The list's own word that this alias is too broad to be asked for by itself ("weak", "low quality", "a.k.a. 'CHIEF'"). */
  readonly weak: boolean;
}

/** One party of one list, as every format of every publisher comes to. */
export interface ListEntry {
  /** Which list: `ofac-sdn`, `un`, `eu`, `uk` … */
  readonly list: string;
  /** The publisher's own id, unique in its list. */
  readonly id: string;
  readonly kind: EntityKind;
  readonly topic: Topic;
  /** The name it is listed under first, then its aliases. */
  readonly names: readonly ListedName[];
  /** `1952-10-07`, `1952-10`, `1952` or a range of years `1950/1955`. */
  readonly births: readonly string[];
  /** ISO 3166-1 alpha-2, upper case: nationality, residence, registration. */
  readonly countries: readonly string[];
  /** Passports, tax and company numbers, ship numbers: letters and digits only, upper case. */
  readonly identifiers: readonly string[];
  /** Programs or regulations it is listed under. */
  readonly programs: readonly string[];
  readonly remarks: string;
}

/** Whom to look for. */
export interface Asked {
  readonly name: string;
  readonly kind?: EntityKind;
  /** Dates of birth or founding, as in `ListEntry.births`. */
  readonly births?: readonly string[];
  readonly countries?: readonly string[];
  readonly identifiers?: readonly string[];
}
