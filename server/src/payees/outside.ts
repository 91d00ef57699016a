import type { Context } from "../database/index.ts";
import { partnersByIds } from "../partners/index.ts";
import type { BlockCode } from "./contracts.ts";

/** What stands against paying a payee that is no matter of payees, by payee. */
export type OutsideBlocks = ReadonlyMap<string, readonly { readonly code: BlockCode; readonly sentence: string }[]>;

/** Partners that were turned away are not paid. */
const UNPAID = new Set(["rejected"]);

export async function outsideBlocks(
  ctx: Context,
  partners: ReadonlyMap<string, readonly string[]>,
  _at: Date,
): Promise<OutsideBlocks> {
  const ids = [...new Set([...partners.values()].flat())];
  const facts = new Map((await partnersByIds(ctx.db, ids)).map((one) => [one.partnerId, one]));
  return new Map(
    [...partners].map(([payeeId, served]) => [
      payeeId,
      served.flatMap((id) => {
        const partner = facts.get(id);
        if (partner === undefined || !UNPAID.has(partner.status)) return [];
        return [{ code: "partner_restricted" as const, sentence: `${partner.name} was rejected as a partner.` }];
      }),
    ]),
  );
}
