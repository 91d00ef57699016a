import type { Db } from "../database/index.ts";
import { contactNamesOf, type PartnerFacts, partnersByIds } from "../partners/index.ts";
import type { Asked } from "./core/names.ts";
import { digestOf } from "./digest.ts";
import { plainIdentifier } from "./lists/entry.ts";
import { type PersonRow, peopleOf } from "./store/people.ts";

export type SubjectKind = "partner" | "legal_name" | "contact" | "related_person";

/** Somebody to look for: a partner's own name, its legal name, a contact, a person behind it. */
export interface Subject {
  readonly subjectId: string;
  readonly partnerId: string;
  readonly kind: SubjectKind;
  readonly asked: Asked;
  readonly digest: string;
}

/** Everybody to look for with these partners, as they stand now. */
export async function subjectsNow(db: Db, partnerIds: readonly string[]): Promise<readonly Subject[]> {
  const partners = await partnersByIds(db, partnerIds);
  const contacts = await contactNamesOf(db, partnerIds);
  const people = await peopleOf(db, partnerIds);
  return [
    ...partners.flatMap(partnerSubjects),
    ...contacts
      .filter(({ name }) => name.trim() !== "")
      .map((one) => subject(one.contactId, one.partnerId, "contact", { name: one.name, kind: "person" })),
    ...people.map(personSubject),
  ];
}

function partnerSubjects({ partnerId, name, legalName, country }: PartnerFacts): Subject[] {
  const known = country === null ? {} : { countries: [country] };
  const own = subject(partnerId, partnerId, "partner", { name, ...known });
  if (legalName.trim() === "" || legalName.trim().toLowerCase() === name.trim().toLowerCase()) return [own];
  return [own, subject(`${partnerId}:legal`, partnerId, "legal_name", { name: legalName, ...known })];
}

function personSubject(row: PersonRow): Subject {
  const number = plainIdentifier(row.identifier);
  return subject(row.person_id, row.partner_id, "related_person", {
    name: row.name,
    kind: row.kind === "person" ? "person" : "organization",
    ...(row.birth === "" ? {} : { births: [row.birth] }),
    ...(row.country === null ? {} : { countries: [row.country] }),
    ...(number.length > 4 ? { identifiers: [number] } : {}),
  });
}

function subject(subjectId: string, partnerId: string, kind: SubjectKind, asked: Asked): Subject {
  return { subjectId, partnerId, kind, asked, digest: digestOf(asked) };
}
