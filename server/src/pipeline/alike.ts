import type { TxContext } from "../database/index.ts";
import { partnersAlike } from "../partners/index.ts";
import { type Likeness, type LikenessKeys, likenessOf, SAME, WORTH_A_LOOK } from "./core/likeness.ts";
import { keysOf } from "./keys.ts";
import type { LeadRow } from "./store/leads.ts";
import * as likenesses from "./store/likenesses.ts";

export interface Alike extends Likeness {
  readonly kind: "lead" | "partner";
  readonly id: string;
  readonly name: string;
  /** Of a lead: where it stands. */
  readonly status: string | null;
}

export function keysOfRow(row: LeadRow): LikenessKeys {
  return {
    name: row.name_key,
    email: row.email_key,
    domain: row.domain_key,
    host: row.host_key,
    phone: row.phone_key,
    handles: row.handle_keys,
  };
}

/** Leads and partners that look like this one, the most alike first. */
export async function findAlike(tx: TxContext, lead: LeadRow): Promise<readonly Alike[]> {
  const keys = keysOfRow(lead);
  const [leads, partners] = await Promise.all([
    likenesses.leadsAlike(tx.db, keys, lead.lead_id),
    alikePartners(tx, keys),
  ]);
  const found = [
    ...leads.map((row) => ({
      kind: "lead" as const,
      id: row.lead_id,
      name: row.name,
      status: row.status,
      ...likenessOf(keys, keysOfRow(row)),
    })),
    ...partners,
  ];
  return found
    .filter((one) => one.score >= WORTH_A_LOOK)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, 10);
}

async function alikePartners(tx: TxContext, keys: LikenessKeys): Promise<Alike[]> {
  const places = [keys.host, keys.domain].filter((one) => one !== null);
  const texts = [keys.name, keys.email, ...places].filter((one) => one !== null && one !== "") as string[];
  const candidates = await partnersAlike(tx.db, texts);
  return candidates.map((one) => {
    const seats = [
      { name: one.name, email: one.email, website: one.website, phone: "" },
      { name: one.legalName || one.name, email: "", website: one.website, phone: "" },
      ...one.contacts.map((contact) => ({
        name: one.name,
        email: contact.email,
        website: one.website,
        phone: contact.phone,
      })),
    ];
    const best = seats
      .map((seat) => likenessOf(keys, keysOf({ ...seat, country: one.country })))
      .reduce((a, b) => (b.score > a.score ? b : a));
    return { kind: "partner" as const, id: one.partnerId, name: one.name, status: null, ...best };
  });
}

/** What becomes of a lead that looks like somebody: it is the same open lead, the same partner, or a person looks at it. */
export type Verdict =
  | { readonly kind: "nobody" }
  | { readonly kind: "merge"; readonly into: Alike }
  | { readonly kind: "link"; readonly to: Alike }
  | { readonly kind: "queue" };

/**
 * @param proved the e-mail address is known to be the applicant's, or somebody of the operator brought the lead: only then may what came be put into
 * another record without a person looking at it
 */
export function verdictOf(alike: readonly Alike[], proved: boolean): Verdict {
  const first = alike[0];
  if (first === undefined) return { kind: "nobody" };
  const same = alike.find((one) => one.score >= SAME && one.reasons.some((reason) => reason.code === "same_email"));
  if (same === undefined || !proved) return { kind: "queue" };
  if (same.kind === "partner") return { kind: "link", to: same };
  return same.status === "open" ? { kind: "merge", into: same } : { kind: "queue" };
}
