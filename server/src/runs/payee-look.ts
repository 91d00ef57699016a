import type { Context } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { detailChangesSince, payeeBlocks, payeesOf } from "../payees/index.ts";
import type { PayeeLook } from "./needs.ts";

/**
 * Who of some partners has a payee, what keeps it from being paid, and whose bank details changed. An operator that keeps no payees here at all is not
 * told of every partner that it has none.
 */
export async function payeeLooks(
  ctx: Context,
  partnerIds: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, PayeeLook>> {
  const today = dayOf(ctx.clock.now(), "UTC");
  const serving = Map.groupBy(await payeesOf(ctx, partnerIds, today), (one) => one.partnerId);
  if (serving.size === 0 && (await payeesOf(ctx, null, today)).length === 0)
    return new Map(partnerIds.map((id) => [id, { hasPayee: true, blocks: [], bankChangedAt: null }]));
  const payeeIds = [...new Set([...serving.values()].flat().map((one) => one.payeeId))];
  const blocks = Map.groupBy(await payeeBlocks(ctx, payeeIds), (one) => one.payeeId);
  const changes = Map.groupBy(await detailChangesSince(ctx, since, partnerIds), (one) => one.partnerId);
  return new Map(
    partnerIds.map((partnerId) => {
      const own = serving.get(partnerId) ?? [];
      const codes = new Set(own.flatMap((one) => (blocks.get(one.payeeId) ?? []).map((block) => block.code)));
      const changed = (changes.get(partnerId) ?? [])
        .filter((one) => !one.first)
        .map((one) => new Date(one.changedAt).toISOString());
      return [
        partnerId,
        { hasPayee: own.length > 0, blocks: [...codes].sort(), bankChangedAt: changed.sort().at(-1) ?? null },
      ];
    }),
  );
}
