import type { ImportAction, ImportStatus } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const STATE_TONES: Readonly<Record<ImportStatus, Tone>> = {
  open: "warn",
  fetching: "info",
  checking: "info",
  checked: "warn",
  running: "info",
  done: "good",
  undoing: "info",
  undone: "quiet",
  failed: "bad",
  cancelled: "quiet",
};
export const AT_WORK: ReadonlySet<string> = new Set(["fetching", "checking", "running", "undoing"]);

export const ACTION_TONES: Readonly<Record<ImportAction, Tone>> = {
  create: "good",
  change: "info",
  join: "info",
  restore: "info",
  same: "quiet",
  skip: "quiet",
  refuse: "bad",
};
export const ACTIONS = Object.keys(ACTION_TONES) as readonly ImportAction[];
export const KINDS = ["partner", "parent", "link", "code", "customer", "conversion"] as const;

/** What can be filled, kind by kind; the needed ones first. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  partner: [
    "externalId",
    "name",
    "company",
    "email",
    "contact",
    "phone",
    "website",
    "country",
    "status",
    "parent",
    "note",
  ],
  link: ["externalId", "partner", "address", "destination", "name", "offer", "source", "status"],
  code: ["code", "partner", "validFrom", "validTo"],
  customer: ["ref", "partner", "link", "since", "until"],
  conversion: [
    "externalId",
    "type",
    "customer",
    "occurredAt",
    "amount",
    "currency",
    "partner",
    "code",
    "clickId",
    "status",
  ],
};
export const NEEDED: ReadonlySet<string> = new Set([
  "partner.externalId",
  "link.externalId",
  "link.partner",
  "code.code",
  "code.partner",
  "customer.ref",
  "customer.partner",
  "conversion.externalId",
  "conversion.type",
  "conversion.customer",
  "conversion.occurredAt",
]);
