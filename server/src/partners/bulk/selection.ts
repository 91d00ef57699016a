import type { MassEdit, PartnerQuery } from "@tributary/contract";
import { type Actor, reach } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { readableFilters } from "../service.ts";
import { partnerPage } from "../store/partners.ts";

/** The fields of an edit under the names that rows have for them. */
const FIELDS: Readonly<Record<string, string>> = {
  ownerUserId: "owner",
  deputyUserId: "deputy",
  regionId: "region",
};

/** What an edit says of every partner of a selection. */
export function editSaid(edit: MassEdit): readonly (readonly [string, unknown])[] {
  const { fields = {}, ...plain } = edit;
  return [
    ...Object.entries(plain).map(([field, value]) => [FIELDS[field] ?? field, value] as const),
    ...Object.entries(fields).map(([key, value]) => [`field:${key}`, value] as const),
  ];
}

const AT_ONCE = 5_000;

/** The partners that a list shows at this moment, all pages of it. */
export async function partnersShown(
  ctx: Context,
  actor: Actor,
  filter: Omit<PartnerQuery, "limit" | "cursor">,
  most: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const field = filter.field === undefined ? undefined : await readableFilters(ctx, actor, filter.field);
  let cursor: string | undefined;
  do {
    const page = await partnerPage(ctx.db, reach(actor, "partners.read"), { ...filter, field }, "createdAt", {
      limit: AT_ONCE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    ids.push(...page.rows.map((row) => row.partner_id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && ids.length <= most);
  return ids;
}
