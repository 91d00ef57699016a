import type { ScreeningVerdict } from "@tributary/contract";
import { screeningState } from "../compliance/index.ts";
import type { Context } from "../database/index.ts";
import { partnersByIds, restrictionsOf } from "../partners/index.ts";
import type { BlockCode } from "./contracts.ts";

interface OutsideBlock {
  readonly code: BlockCode;
  readonly sentence: string;
}

/** What stands against paying a payee that is no matter of payees, by payee. */
export type OutsideBlocks = ReadonlyMap<string, readonly OutsideBlock[]>;

const SCREENED: Readonly<Record<Exclude<ScreeningVerdict, "clear">, string>> = {
  match: "is on a sanctions list, two people have confirmed",
  waiting: "may be on a sanctions list: a hit is undecided",
  unscreened: "has not been screened against today's sanctions lists",
};

/**
 * Screening, rejection and held payouts of the partners that payees serve.
 * @param screening `always`: a partner that no list was asked about stands in the way, too
 */
export async function outsideBlocks(
  ctx: Context,
  partners: ReadonlyMap<string, readonly string[]>,
  screening: "matches" | "always",
): Promise<OutsideBlocks> {
  const ids = [...new Set([...partners.values()].flat())];
  const facts = new Map((await partnersByIds(ctx.db, ids)).map((one) => [one.partnerId, one]));
  const held = new Map((await restrictionsOf(ctx, ids, "hold_payouts")).map((one) => [one.partnerId, one.until]));
  const verdicts = await screeningState(ctx, ids);
  const blocksOf = (id: string): OutsideBlock[] => {
    const partner = facts.get(id);
    const verdict = verdicts.get(id) ?? "unscreened";
    const blocks: OutsideBlock[] = [];
    if (partner?.status === "rejected")
      blocks.push({ code: "partner_restricted", sentence: `${partner.name} was rejected as a partner.` });
    const until = held.get(id);
    if (until !== undefined)
      blocks.push({
        code: "partner_restricted",
        sentence: `Payouts of ${partner?.name ?? id} are held${until === null ? "" : ` until ${until.toISOString().slice(0, 10)}`}.`,
      });
    if (verdict !== "clear" && (verdict !== "unscreened" || screening === "always"))
      blocks.push({ code: "screening", sentence: `${partner?.name ?? id} ${SCREENED[verdict]}.` });
    return blocks;
  };
  return new Map([...partners].map(([payeeId, served]) => [payeeId, served.flatMap(blocksOf)]));
}
