import type { ImportKind } from "@tributary/contract";

/** How a field's text is read. */
export type FieldType =
  | "text"
  | "email"
  | "country"
  | "instant"
  | "amount"
  | "currency"
  | "url"
  | "partner_status"
  | "link_status"
  | "conversion_status";

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required?: true;
  /** most letters that are kept */
  readonly length?: number;
}

type MappedKind = Exclude<ImportKind, "parent">;

/** What can be filled, kind by kind. The first field is the id by which a record is known on the other side. */
export const FIELDS: Readonly<Record<MappedKind, readonly Field[]>> = {
  partner: [
    { name: "externalId", type: "text", required: true, length: 200 },
    { name: "name", type: "text", length: 120 },
    { name: "company", type: "text", length: 200 },
    { name: "email", type: "email" },
    { name: "contact", type: "text", length: 120 },
    { name: "phone", type: "text", length: 40 },
    { name: "website", type: "text", length: 500 },
    { name: "country", type: "country" },
    { name: "status", type: "partner_status" },
    { name: "parent", type: "text", length: 200 },
    { name: "note", type: "text", length: 1000 },
  ],
  link: [
    { name: "externalId", type: "text", required: true, length: 500 },
    { name: "partner", type: "text", required: true, length: 200 },
    { name: "address", type: "url", length: 2000 },
    { name: "destination", type: "url", length: 2000 },
    { name: "name", type: "text", length: 120 },
    { name: "offer", type: "text", length: 60 },
    { name: "source", type: "text", length: 255 },
    { name: "status", type: "link_status" },
  ],
  code: [
    { name: "code", type: "text", required: true, length: 64 },
    { name: "partner", type: "text", required: true, length: 200 },
    { name: "validFrom", type: "instant" },
    { name: "validTo", type: "instant" },
  ],
  customer: [
    { name: "ref", type: "text", required: true, length: 200 },
    { name: "partner", type: "text", required: true, length: 200 },
    { name: "link", type: "text", length: 500 },
    { name: "since", type: "instant" },
    { name: "until", type: "instant" },
  ],
  conversion: [
    { name: "externalId", type: "text", required: true, length: 200 },
    { name: "type", type: "text", required: true, length: 64 },
    { name: "customer", type: "text", required: true, length: 200 },
    { name: "occurredAt", type: "instant", required: true },
    { name: "amount", type: "amount" },
    { name: "currency", type: "currency" },
    { name: "partner", type: "text", length: 200 },
    { name: "code", type: "text", length: 64 },
    { name: "clickId", type: "text", length: 200 },
    { name: "status", type: "conversion_status" },
  ],
};

/** The order in which kinds are made: what others point at goes first. */
export const KIND_ORDER: readonly ImportKind[] = ["partner", "parent", "link", "code", "customer", "conversion"];

export function idFieldOf(kind: MappedKind): string {
  return FIELDS[kind][0]?.name ?? "externalId";
}

/** Words that platforms use for a status, beyond what an importer says of its own. */
export const STATUS_WORDS: Readonly<Record<"partner_status" | "link_status" | "conversion_status", Words>> = {
  partner_status: {
    active: "active", approved: "active", enabled: "active", confirmed: "active", trusted: "active", joined: "active",
    pending: "applied", applied: "applied", invited: "applied", new: "applied", unconfirmed: "applied", waiting: "applied", under_review: "applied", draft: "applied", submitted: "applied",
    paused: "paused", suspended: "paused", inactive: "paused", blocked: "paused", disabled: "paused", on_hold: "paused", false: "paused", true: "active",
    rejected: "rejected", declined: "rejected", banned: "deactivated", deleted: "deactivated", deactivated: "deactivated", archived: "deactivated", closed: "deactivated", expired: "deactivated", terminated: "deactivated",
  },
  link_status: {
    active: "active", enabled: "active", approved: "active", live: "active", true: "active",
    paused: "paused", inactive: "paused", disabled: "paused", false: "paused", archived: "archived", deleted: "archived", expired: "archived",
  },
  conversion_status: {
    approved: "counts", pending: "counts", paid: "counts", due: "counts", locked: "counts", processed: "counts", confirmed: "counts", completed: "counts", open: "counts", new: "counts", closed: "counts", true: "counts", hold: "counts",
    rejected: "void", declined: "void", reversed: "void", voided: "void", void: "void", invalid: "void", cancelled: "void", canceled: "void", fraud: "void", duplicate: "void", refunded: "void", disapproved: "void", deleted: "void", failed: "void",
  },
}; // biome-ignore format: a table

export type Words = Readonly<Record<string, string>>;
