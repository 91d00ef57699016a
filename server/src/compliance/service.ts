import type { PartnerScreening, ScreeningList, ScreeningListChange } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type PageRequest, transact } from "../database/index.ts";
import { partnerTouch } from "../partners/index.ts";
import { type ScreenMemory, screenPartnersNow } from "./run.ts";
import { partnerScreening } from "./state.ts";
import * as store from "./store/lists.ts";
import { listWire } from "./wire.ts";

/** Screens one partner with everybody behind it, now, because a person asked for it. */
export async function screenPartner(
  ctx: Context,
  actor: Actor,
  memory: ScreenMemory,
  partnerId: string,
): Promise<PartnerScreening> {
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, partnerId));
  const names = await screenPartnersNow(ctx, memory, [partnerId]);
  await transact(ctx, (tx) =>
    audit.record(tx, actor, {
      action: "compliance.partner_screened",
      subjectKind: "partner",
      subjectId: partnerId,
      after: { names },
      partnerId,
    }),
  );
  return await partnerScreening(ctx, actor, partnerId);
}

/** Lists in their newest versions, or all versions of one. */
export async function listLists(
  ctx: Context,
  actor: Actor,
  query: PageRequest & { readonly list?: string | undefined },
): Promise<{ data: ScreeningList[]; nextCursor: string | null }> {
  requirePermission(actor, "compliance.read", {});
  const { rows, nextCursor } = await store.versionPage(ctx.db, query.list, query);
  return { data: rows.map(listWire), nextCursor };
}

/** What a version of a list changed. */
export async function listChanges(
  ctx: Context,
  actor: Actor,
  query: PageRequest & { readonly list: string; readonly version: number },
): Promise<{ data: ScreeningListChange[]; nextCursor: string | null }> {
  requirePermission(actor, "compliance.read", {});
  const { rows, nextCursor } = await store.changePage(ctx.db, query.list, query.version, query);
  return {
    data: rows.map((row) => ({
      entryId: row.entry_id,
      name: row.name,
      change: row.change as ScreeningListChange["change"],
    })),
    nextCursor,
  };
}
