import { createHash } from "node:crypto";
import type { PersonalShare } from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { Person, PersonalRecords } from "../contracts.ts";

/** What is told of the records before anything happens: how many, what becomes of them, why. Never the data. */
export function sharesOf(records: readonly PersonalRecords[]): PersonalShare[] {
  return records
    .filter((one) => one.records > 0)
    .map(({ room, kind, records: count, fate, why }) => ({ room, kind, records: count, fate, why }));
}

/** Hash of what a preview promises: the person's records and their fates. What the person goes on doing meanwhile (the trail) is not in it. */
export function promiseOf(person: Person, shares: readonly PersonalShare[]): string {
  const promised = shares.filter((one) => one.room !== "audit");
  const { userIds, contactIds, relatedPersonIds, leadIds } = person;
  return hashOf({ userIds, contactIds, relatedPersonIds, leadIds, promised });
}

export function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
