import { Names, NamesQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { type Actor, invitationNames, isWithin, userNames } from "../../access/index.ts";
import { customerNames } from "../../attribution/index.ts";
import type { Context } from "../../database/index.ts";
import { partnersByIds, reachOf } from "../../partners/index.ts";
import { statementNames } from "../../payouts/index.ts";
import { planNames } from "../../plans/index.ts";
import { offersByIds, programsByIds, regionNames } from "../../programs/index.ts";
import { linkNames } from "../../tracking/index.ts";

type Named = { readonly id: string; readonly name: string };
type Finder = (ctx: Context, actor: Actor, ids: readonly string[]) => Promise<readonly Named[]>;

/** Who gives the names of which ids, by their prefix. A partner's request reads through row-level security besides. */
const FINDERS: Readonly<Record<string, Finder>> = {
  prg: async (ctx, _actor, ids) =>
    (await programsByIds(ctx.db, ids)).map((one) => ({ id: one.programId, name: one.name })),
  ofr: async (ctx, _actor, ids) => (await offersByIds(ctx.db, ids)).map((one) => ({ id: one.offerId, name: one.name })),
  rgn: async (ctx, _actor, ids) => [...(await regionNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
  prt: async (ctx, actor, ids) => {
    const within = await reachOf(ctx, actor, "partners.read");
    const found = (await partnersByIds(ctx.db, ids)).filter(({ partnerId }) =>
      isWithin(within, { partnerId, programId: null }),
    );
    return found.map((one) => ({ id: one.partnerId, name: one.name }));
  },
  usr: async (ctx, _actor, ids) => [...(await userNames(ctx, ids))].map(([id, name]) => ({ id, name })),
  lnk: async (ctx, _actor, ids) => [...(await linkNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
  cus: customerNames,
  stm: statementNames,
  inv: invitationNames,
  pln: async (ctx, _actor, ids) => [...(await planNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
};

/** `GET /v1/names`: what records are called, for whoever shows their ids. */
export function namesRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/names",
      {
        config: { permission: "signed-in", audience: "both" },
        schema: {
          tags: ["search"],
          summary: "Names of records by their ids",
          querystring: NamesQuery,
          response: { 200: Names },
        },
      },
      async (request) => ({ data: [...(await namesOf(request.ctx, request.actor, request.query.ids))] }),
    );
  };
}

async function namesOf(ctx: Context, actor: Actor, ids: readonly string[]): Promise<readonly Named[]> {
  const byPrefix = Map.groupBy(ids, (id) => id.slice(0, id.indexOf("_")));
  const found: Named[] = [];
  for (const [prefix, group] of byPrefix) found.push(...((await FINDERS[prefix]?.(ctx, actor, group)) ?? []));
  return found;
}
