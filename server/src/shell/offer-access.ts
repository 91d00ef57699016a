import { partnerById, partnerTouch, reachOf } from "../partners/index.ts";
import type { AccessNeeds } from "../programs/index.ts";

/** What programs, which stand below partners, are told of them when partners ask for offers. */
export const accessNeeds: AccessNeeds = {
  reachOf,
  partnerTouch: async (ctx, partnerId, programId) =>
    (await partnerById(ctx.db, partnerId)) && partnerTouch(ctx, partnerId, programId),
};
