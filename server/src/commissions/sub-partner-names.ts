import type { Actor } from "../access/index.ts";
import type { Db } from "../database/index.ts";
import { partnersByIds, subPartnersOf } from "../partners/index.ts";
import { programById } from "../programs/index.ts";

/**
 * What the reader may call sub-partners by: the operator's people each by its name; a partner those below it, in programs that show it partner by
 * partner. The others have no entry.
 * @param whole past row-level security: a sub-partner's row is another partner's
 */
export async function subPartnerNames(
  whole: Db,
  actor: Actor,
  programId: string,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (partnerIds.length === 0) return new Map();
  if (actor.partnerId === undefined) {
    const found = await partnersByIds(whole, partnerIds);
    return new Map(found.map((one) => [one.partnerId, one.name]));
  }
  const program = await programById(whole, programId);
  if (program?.subPartnerView !== "partner") return new Map();
  const asked = new Set(partnerIds);
  const below = await subPartnersOf(whole, actor.partnerId);
  return new Map(below.filter((one) => asked.has(one.partnerId)).map((one) => [one.partnerId, one.name]));
}
