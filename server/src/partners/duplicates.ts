import type { DuplicatePair } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type LikenessCode, scoreOf } from "./core/merge.ts";
import { reachOf } from "./doors.ts";
import { readablePartner, touchOf } from "./service.ts";
import * as store from "./store/duplicates.ts";
import { partnerRows } from "./store/partners.ts";

const ROWS = 20_000;
const SHOWN = 200;

/** Records that may be one, the most alike first; each pair with the working of its score. */
export async function listDuplicates(
  ctx: Context,
  actor: Actor,
  query: { readonly partnerId?: string | undefined; readonly least: number },
): Promise<readonly DuplicatePair[]> {
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "Records are kept clean by the operator.");
  if (query.partnerId !== undefined) await readablePartner(ctx, actor, query.partnerId);
  const within = await reachOf(ctx, actor, "partners.read");
  const rows = await store.commonRows(ctx.db, query.partnerId ?? null, ROWS);
  const seen = (id: string) => within.everything || within.partnerIds.includes(id);
  const pairs = Map.groupBy(
    rows.filter((row) => seen(row.first_id) && seen(row.second_id)),
    (row) => `${row.first_id} ${row.second_id}`,
  );
  const scored = [...pairs.values()]
    .map((group) => ({ group, ...scoreOf(new Map(group.map((row) => [row.code as LikenessCode, row.value]))) }))
    .filter((one) => one.score >= query.least)
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN);
  const ids = scored.flatMap(({ group }) => [group[0]?.first_id ?? "", group[0]?.second_id ?? ""]);
  const names = new Map((await partnerRows(ctx.db, [...new Set(ids)])).map((row) => [row.partner_id, row.name]));
  return scored.map(({ group, score, reasons }) => {
    const [firstId, secondId] = [group[0]?.first_id ?? "", group[0]?.second_id ?? ""];
    return {
      ...{ firstId, firstName: names.get(firstId) ?? "", secondId, secondName: names.get(secondId) ?? "" },
      ...{ score, reasons: [...reasons] },
    };
  });
}

/** Two records, not one: the pair is not shown again. @throws Refusal `not_found`, `forbidden` */
export async function sayNotDuplicate(
  ctx: Context,
  actor: Actor,
  said: { readonly firstId: string; readonly secondId: string; readonly reason: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const pair = [said.firstId, said.secondId].sort() as [string, string];
    for (const id of pair) requirePermission(actor, "partners.write", touchOf(await readablePartner(tx, actor, id)));
    await store.sayNotDuplicate(tx.db, pair, personOf(actor), tx.clock.now(), said.reason);
    await audit.record(tx, actor, {
      ...{ action: "partners.not_duplicate", subjectKind: "partner", subjectId: pair[0], partnerId: pair[0] },
      after: { with: pair[1] },
      reason: said.reason,
    });
  });
}
