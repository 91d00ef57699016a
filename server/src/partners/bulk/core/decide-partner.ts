import type { BulkMapping, PartnerStatus } from "@tributary/contract";
import { NEEDS_REASON, PARTNER_LIFE } from "../../core/life.ts";
import type { Decision, FieldDifference, RowProblem } from "../contracts.ts";
import type { Said } from "./said.ts";

/** A partner as far as bulk changes touch it, by the names of the fields. */
export interface PartnerNow {
  readonly partnerId: string;
  readonly revision: number;
  readonly merged: boolean;
  readonly regionId: string | null;
  readonly ownerUserId: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Where a partner stands: what permissions are asked for. */
export interface Seat {
  readonly partnerId?: string | undefined;
  readonly regionId: string | null;
  readonly ownerUserId: string | null;
}

export interface PartnerRules {
  readonly mapping: Pick<BulkMapping, "mode" | "match" | "tags">;
  /** may the actor write here; may it let in or turn away here */
  readonly mayWrite: (seat: Seat) => boolean;
  readonly mayApprove: (seat: Seat) => boolean;
  /** the custom field's value, or why it does not fit; `undefined` where the actor may not write it */
  readonly fit: (
    key: string,
    given: unknown,
    kind: string,
  ) => { readonly value: unknown } | { readonly code: string; readonly said?: string };
  /** the partner that a text names */
  readonly parentOf: (text: string) => string | "ambiguous" | undefined;
}

const EMPTY: Readonly<Record<string, unknown>> = {
  name: "",
  legalName: "",
  kind: "",
  status: "applied",
  region: null,
  country: null,
  language: "en",
  email: "",
  website: "",
  phone: "",
  taxNumber: "",
  entity: null,
  owner: null,
  deputy: null,
  parent: null,
  tags: [],
  allowedCountries: [],
  blockedCountries: [],
  note: "",
};
/** What may not be emptied. */
const NEEDED = new Set(["name", "kind", "status", "language", "code"]);
const KEYS = new Set(["id", "code", "reason", "addTags", "removeTags"]);

type Outcome = Omit<Decision, "line" | "label">;

/** What a row does to a partner, or to none yet. @param code of a partner that is made */
export function decidePartner(said: Said, now: PartnerNow | undefined, code: string, rules: PartnerRules): Outcome {
  const refuse = refuser(now);
  if (now?.merged === true) return refuse("id", String(said.get("code") ?? now.partnerId), "merged");
  if (now === undefined && rules.mapping.mode === "update") return refuse(null, keyIn(said), "unknown_partner");
  if (now !== undefined && rules.mapping.mode === "create") return refuse(null, keyIn(said), "exists");
  if (now === undefined && said.has("id")) return refuse("id", String(said.get("id")), "unknown_partner");
  const wanted = wantedOf(said, now, rules);
  if ("problem" in wanted) return { ...refuse(null, "", ""), problem: wanted.problem };
  const changes = [...wanted.changes];
  if (now === undefined) {
    for (const field of ["name", "kind"])
      if (!changes.some((one) => one.field === field)) return refuse(field, "", "needed");
    changes.unshift({ field: "code", before: null, after: code });
  }
  if (changes.length === 0) return { ...refuse(null, "", ""), action: "unchanged", problem: null };
  const wrong = statusProblem(said, now, changes) ?? notAllowed(now, changes, rules);
  if (wrong !== undefined) return { ...refuse(null, "", ""), problem: wrong };
  if (said.has("reason") && changes.some((one) => one.field === "status"))
    changes.push({ field: "reason", before: null, after: said.get("reason") ?? "" });
  const steps = changes.some(({ field }) => field === "parent" || field === "status");
  return {
    action: now === undefined ? "create" : "update",
    targetId: now?.partnerId ?? null,
    partnerId: now?.partnerId ?? null,
    stamp: now === undefined ? null : String(now.revision),
    changes,
    problem: null,
    steps,
  };
}

function refuser(now: PartnerNow | undefined) {
  return (field: string | null, value: string, code: string): Outcome => ({
    action: "refuse",
    targetId: now?.partnerId ?? null,
    partnerId: now?.partnerId ?? null,
    stamp: now === undefined ? null : String(now.revision),
    changes: [],
    problem: { field, value, code },
    steps: false,
  });
}

function keyIn(said: Said): string {
  return String(said.get("id") ?? said.get("code") ?? said.get("email") ?? said.get("name") ?? "");
}

function wantedOf(
  said: Said,
  now: PartnerNow | undefined,
  rules: PartnerRules,
): { readonly changes: readonly FieldDifference[] } | { readonly problem: RowProblem } {
  const changes: FieldDifference[] = [];
  const kind = String(said.get("kind") ?? now?.values.kind ?? "");
  for (const [field, given] of said) {
    if (KEYS.has(field)) continue;
    if (given === null && NEEDED.has(field)) {
      if (now === undefined) continue;
      return { problem: { field, value: "", code: "may_not_be_empty" } };
    }
    const read = field.startsWith("field:") ? custom(field, given, kind, rules) : plain(field, given, now, rules);
    if ("code" in read) {
      const details = read.said === undefined ? {} : { details: { said: read.said } };
      return { problem: { field, value: textOf(given), code: read.code, ...details } };
    }
    const before = now === undefined ? null : (now.values[field] ?? null);
    const blank = field.startsWith("field:") ? null : EMPTY[field];
    const stood = now === undefined ? blank : before;
    if (!same(stood ?? null, read.value ?? null)) changes.push({ field, before, after: read.value });
  }
  const tags = tagsWanted(said, now, rules.mapping.tags);
  if (tags !== undefined && tags.length > 30) return { problem: { field: "tags", value: "", code: "too_many_tags" } };
  const stood = (now?.values.tags ?? []) as readonly string[];
  const rest = changes.filter((one) => one.field !== "tags");
  if (tags !== undefined && !same([...stood].sort(), [...tags].sort()))
    rest.push({ field: "tags", before: now === undefined ? null : stood, after: tags });
  return { changes: rest };
}

type Read = { readonly value: unknown } | { readonly code: string; readonly said?: string };

function custom(field: string, given: unknown, kind: string, rules: PartnerRules): Read {
  return rules.fit(field.slice("field:".length), given, kind);
}

function plain(field: string, given: unknown, now: PartnerNow | undefined, rules: PartnerRules): Read {
  if (given === null) return { value: EMPTY[field] ?? null };
  if (field !== "parent") return { value: given };
  const parent = rules.parentOf(String(given));
  if (parent === undefined) return { code: "unknown_parent" };
  if (parent === "ambiguous") return { code: "ambiguous" };
  return parent === now?.partnerId ? { code: "own_parent" } : { value: parent };
}

function tagsWanted(said: Said, now: PartnerNow | undefined, how: "add" | "replace"): readonly string[] | undefined {
  if (!["tags", "addTags", "removeTags"].some((field) => said.has(field))) return undefined;
  const stood = (now?.values.tags ?? []) as readonly string[];
  const listOf = (field: string) => (said.get(field) ?? []) as readonly string[];
  const base = said.has("tags") && (how === "replace" || said.get("tags") === null) ? [] : stood;
  const removed = new Set(listOf("removeTags"));
  return [...new Set([...base, ...listOf("tags"), ...listOf("addTags")])].filter((tag) => !removed.has(tag));
}

function statusProblem(
  said: Said,
  now: PartnerNow | undefined,
  changes: readonly FieldDifference[],
): RowProblem | undefined {
  const status = changes.find((one) => one.field === "status")?.after as PartnerStatus | undefined;
  if (status === undefined) return undefined;
  const from = (now?.values.status ?? "applied") as PartnerStatus;
  if (wayTo(from, status).length === 0)
    return { field: "status", value: status, code: "no_way", details: { from, open: PARTNER_LIFE[from].join(", ") } };
  if (NEEDS_REASON.has(status) && textOf(said.get("reason")) === "")
    return { field: "reason", value: "", code: "reason_needed" };
  return undefined;
}

/** The steps between two states, at most two, and none through being turned away or ended. */
export function wayTo(from: PartnerStatus, to: PartnerStatus): readonly PartnerStatus[] {
  if (PARTNER_LIFE[from].includes(to)) return [to];
  const between = PARTNER_LIFE[from].find((one) => one === "onboarding" && PARTNER_LIFE[one].includes(to));
  return between === undefined ? [] : [between, to];
}

/** Whoever moves a partner to another region or owner answers for both places. */
function notAllowed(
  now: PartnerNow | undefined,
  changes: readonly FieldDifference[],
  rules: PartnerRules,
): RowProblem | undefined {
  const after = (field: string, stood: string | null) => {
    const change = changes.find((one) => one.field === field);
    return change === undefined ? stood : (change.after as string | null);
  };
  const seat = {
    regionId: after("region", now?.regionId ?? null),
    ownerUserId: after("owner", now?.ownerUserId ?? null),
  };
  if (now !== undefined && !rules.mayWrite(now)) return { field: null, value: now.partnerId, code: "not_yours" };
  if (!rules.mayWrite({ ...seat, partnerId: now?.partnerId }))
    return { field: null, value: "", code: "not_yours_then" };
  const status = changes.find((one) => one.field === "status")?.after;
  if ((status === "active" || status === "rejected") && !rules.mayApprove({ ...seat, partnerId: now?.partnerId }))
    return { field: "status", value: String(status), code: "not_yours_to_decide" };
  return undefined;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 200);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
