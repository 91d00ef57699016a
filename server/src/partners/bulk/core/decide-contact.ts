import type { BulkMapping } from "@tributary/contract";
import type { Decision, FieldDifference } from "../contracts.ts";
import type { PartnerNow, Seat } from "./decide-partner.ts";
import type { Said } from "./said.ts";

/** A contact, by the names of the fields. */
export interface ContactNow {
  readonly contactId: string;
  readonly partnerId: string;
  readonly stamp: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ContactRules {
  readonly mapping: Pick<BulkMapping, "mode">;
  readonly mayWrite: (seat: Seat) => boolean;
}

const EMPTY: Readonly<Record<string, unknown>> = { name: "", email: "", phone: "", role: "", roles: [], leftOn: null };
const NEEDED = new Set(["name", "email"]);

/** What a row does to a contact of a partner, or to none yet. */
export function decideContact(
  said: Said,
  partner: PartnerNow | undefined,
  now: ContactNow | undefined,
  rules: ContactRules,
): Omit<Decision, "line" | "label"> {
  const base = {
    targetId: now?.contactId ?? null,
    partnerId: partner?.partnerId ?? null,
    stamp: now?.stamp ?? null,
    steps: false,
  };
  const refuse = (field: string | null, value: string, code: string) =>
    ({ ...base, action: "refuse", changes: [], problem: { field, value, code } }) as const;
  if (partner === undefined)
    return refuse("partner", String(said.get("partner") ?? said.get("id") ?? ""), "unknown_partner");
  if (partner.merged) return refuse("partner", partner.partnerId, "merged");
  if (!rules.mayWrite(partner)) return refuse("partner", partner.partnerId, "not_yours");
  if (now === undefined && (rules.mapping.mode === "update" || said.has("id")))
    return refuse(null, String(said.get("id") ?? said.get("email") ?? ""), "unknown_contact");
  if (now !== undefined && rules.mapping.mode === "create")
    return refuse("email", String(said.get("email") ?? ""), "exists");
  const changes: FieldDifference[] = [];
  for (const [field, given] of said) {
    if (field === "id" || field === "partner") continue;
    if (given === null && NEEDED.has(field)) {
      if (now === undefined) continue;
      return refuse(field, "", "may_not_be_empty");
    }
    const value = given ?? EMPTY[field] ?? null;
    const stood = now === undefined ? EMPTY[field] : now.values[field];
    if (JSON.stringify(stood ?? null) !== JSON.stringify(value))
      changes.push({ field, before: now === undefined ? null : (now.values[field] ?? null), after: value });
  }
  for (const field of NEEDED)
    if (now === undefined && !changes.some((one) => one.field === field)) return refuse(field, "", "needed");
  if (changes.length === 0) return { ...base, action: "unchanged", changes, problem: null };
  return { ...base, action: now === undefined ? "create" : "update", changes, problem: null };
}
