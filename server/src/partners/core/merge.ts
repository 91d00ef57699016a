import type { MergeField } from "@tributary/contract";

/** The column that each field of a merge stands in. */
export const MERGE_COLUMNS = {
  name: "name",
  legalName: "legal_name",
  kind: "kind",
  entity: "entity",
  regionId: "region_id",
  country: "country",
  language: "language",
  email: "email",
  phone: "phone",
  website: "website",
  taxNumber: "tax_number",
  ownerUserId: "owner_user_id",
  deputyUserId: "deputy_user_id",
  allowedCountries: "allowed_countries",
  blockedCountries: "blocked_countries",
  trafficSources: "traffic_sources",
  note: "note",
} as const satisfies Record<MergeField, string>;
export const MERGE_FIELDS = Object.keys(MERGE_COLUMNS) as readonly MergeField[];

/** Whether somebody has said nothing there. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Which of two values stays: the one that was chosen; else the winner's, or the loser's where the winner has none. */
export function sideOf(choice: "winner" | "loser" | undefined, winner: unknown): "winner" | "loser" {
  return choice ?? (isEmpty(winner) ? "loser" : "winner");
}

/** A value after the merge is taken back: as it was, unless somebody has changed it since. */
export function takenBack(before: unknown, merged: unknown, now: unknown): { readonly restore: boolean } {
  return { restore: same(merged, now) && !same(before, now) };
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Tags without those that came with the merge; the order in which they stood is kept. */
export function tagsWithout(now: readonly string[], before: readonly string[], merged: readonly string[]): string[] {
  if (same(now, merged)) return [...before];
  const came = new Set(merged.filter((tag) => !before.includes(tag)));
  return now.filter((tag) => !came.has(tag));
}

/** What one thing in common is worth; together never more than 100. */
export const POINTS = {
  tax_number: 60,
  legal_name: 35,
  name: 35,
  phone: 30,
  website: 40,
  email: 50,
  email_domain: 25,
  contact_email: 40,
} as const;
export type LikenessCode = keyof typeof POINTS;

/** The score of what two records have in common, the heaviest reason first. The same host says most of what the same mail domain does. */
export function scoreOf(found: ReadonlyMap<LikenessCode, string>): {
  readonly score: number;
  readonly reasons: readonly { readonly code: LikenessCode; readonly points: number; readonly value: string }[];
} {
  const dropped = found.has("email") || found.has("website") ? "email_domain" : undefined;
  const reasons = [...found]
    .filter(([code]) => code !== dropped)
    .map(([code, value]) => ({ code, points: POINTS[code], value }))
    .sort((a, b) => b.points - a.points || (a.code < b.code ? -1 : 1));
  return {
    score: Math.min(
      100,
      reasons.reduce((sum, one) => sum + one.points, 0),
    ),
    reasons,
  };
}
