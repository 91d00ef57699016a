import type { PersonalShare, PersonKind } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";

/** A person, by every record that names them: found by the one that was asked about and by the e-mail addresses on it. */
export interface Person {
  readonly kind: PersonKind;
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly emails: readonly string[];
  readonly userIds: readonly string[];
  readonly contactIds: readonly string[];
  readonly relatedPersonIds: readonly string[];
  readonly leadIds: readonly string[];
  /** Partners that the person works for: a legal hold on one of them holds the person too. */
  readonly partnerIds: readonly string[];
}

/** What one room keeps about a person, told and erased by the room itself. */
export interface PersonalSource {
  readonly room: string;
  /** What there is, what would become of it in an erasure and why; with the data, for an export. */
  collect(ctx: Context, person: Person): Promise<readonly PersonalRecords[]>;
  /** Puts the pseudonym where the person was named, as `collect` said. @returns ids under which the trail keeps keys that may be destroyed */
  erase(tx: Context, person: Person, pseudonym: string): Promise<readonly string[]>;
  /** Files that belong to an export. Where looks at them are noted, whoever exports looked, for that reason. */
  files?(ctx: Context, person: Person, actor: Actor, reason: string): Promise<readonly PersonalFile[]>;
}

export interface PersonalRecords extends PersonalShare {
  readonly data: unknown;
}

export interface PersonalFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Records of one kind whose time ends. */
export interface RetentionSource {
  readonly recordKind: string;
  readonly room: string;
  /** Days below which the program itself still needs them. */
  readonly least: number;
  due(ctx: Context, before: Date): Promise<number>;
  /** Removes some. @param held ids of records and partners under a legal hold: they stay. @returns how many; 0 at the end */
  remove(tx: Context, before: Date, limit: number, held: ReadonlySet<string>): Promise<number>;
}

/** What this room is given by the composition: who tells and erases what, who finds persons, and randomness for pseudonyms. */
export interface PrivacyNeeds {
  readonly sources: readonly PersonalSource[];
  readonly retention: readonly RetentionSource[];
  readonly person: (ctx: Context, kind: PersonKind, id: string) => Promise<Person | undefined>;
  readonly pseudonym: () => string;
}
