import { Names, NamesQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { z } from "zod";
import { type Actor, invitationNames, isWithin, userNames } from "../../access/index.ts";
import { agreementNames } from "../../agreements/index.ts";
import { customerNames } from "../../attribution/index.ts";
import type { Context } from "../../database/index.ts";
import { invoiceNames } from "../../invoices/index.ts";
import { contactsById, partnersByIds, reachOf } from "../../partners/index.ts";
import { payeeNames } from "../../payees/index.ts";
import { batchNames, payoutNames } from "../../payouts/index.ts";
import { leadNames } from "../../pipeline/index.ts";
import { planNames } from "../../plans/index.ts";
import { caseNames, procedureVersionNames } from "../../procedures/index.ts";
import { landingNames, offersByIds, programsByIds, regionNames } from "../../programs/index.ts";
import { bankAccountNames } from "../../reconciliation/index.ts";
import { statementNames } from "../../statements/index.ts";
import { linkNames, smartLinkNames, sourceNames } from "../../tracking/index.ts";

type Named = { readonly id: string; readonly name: string };
type Finder = (ctx: Context, actor: Actor, ids: readonly string[], language: string) => Promise<readonly Named[]>;

/** Who gives the names of which ids, by their prefix. A partner's request reads through row-level security besides. */
const FINDERS: Readonly<Record<string, Finder>> = {
  prg: async (ctx, _actor, ids) =>
    (await programsByIds(ctx.db, ids)).map((one) => ({ id: one.programId, name: one.name })),
  ofr: async (ctx, _actor, ids) => (await offersByIds(ctx.db, ids)).map((one) => ({ id: one.offerId, name: one.name })),
  lpg: async (ctx, _actor, ids) => [...(await landingNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
  sml: async (ctx, _actor, ids) => [...(await smartLinkNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
  rgn: async (ctx, _actor, ids) => [...(await regionNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
  led: leadNames,
  prt: async (ctx, actor, ids) => {
    const within = await reachOf(ctx, actor, "partners.read");
    const found = (await partnersByIds(ctx.db, ids)).filter(({ partnerId }) =>
      isWithin(within, { partnerId, programId: null }),
    );
    return found.map((one) => ({ id: one.partnerId, name: one.name }));
  },
  cnt: async (ctx, actor, ids) => {
    const within = await reachOf(ctx, actor, "partners.read");
    const found = await contactsById(ctx.db, ids);
    return found
      .filter(({ partnerId }) => isWithin(within, { partnerId, programId: null }))
      .map(({ contactId, name }) => ({ id: contactId, name }));
  },
  usr: async (ctx, _actor, ids) => [...(await userNames(ctx, ids))].map(([id, name]) => ({ id, name })),
  lnk: async (ctx, _actor, ids) => [...(await linkNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
  cus: customerNames,
  stm: statementNames,
  pbt: batchNames,
  pay: payoutNames,
  pye: payeeNames,
  ivc: invoiceNames,
  bac: bankAccountNames,
  inv: invitationNames,
  agr: termsNames,
  agv: termsNames,
  src: async (ctx, actor, ids) => {
    if (actor.partnerId !== undefined) return [];
    const within = await reachOf(ctx, actor, "events.read");
    return (await sourceNames(ctx.db, ids)).filter(({ programId }) => isWithin(within, { programId }));
  },
  pca: caseNames,
  pcv: procedureVersionNames,
  pln: async (ctx, _actor, ids) => [...(await planNames(ctx.db, ids))].map(([id, name]) => ({ id, name })),
};

/** An agreement is called by its partner, a version by its number behind it. */
async function termsNames(ctx: Context, actor: Actor, ids: readonly string[]): Promise<readonly Named[]> {
  const within = await reachOf(ctx, actor, "agreements.read");
  const found = (await agreementNames(ctx.db, ids)).filter((one) => isWithin(within, one));
  const partners = await partnersByIds(ctx.db, [...new Set(found.map((one) => one.partnerId))]);
  const names = new Map(partners.map((one) => [one.partnerId, one.name]));
  return found.flatMap(({ id, partnerId, version }) => {
    const name = names.get(partnerId);
    return name === undefined ? [] : [{ id, name: version === null ? name : `${name} · v${version}` }];
  });
}

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
      async (request) => ({ data: [...(await namesOf(request.ctx, request.actor, request.query))] }),
    );
  };
}

async function namesOf(
  ctx: Context,
  actor: Actor,
  { ids, language }: z.infer<typeof NamesQuery>,
): Promise<readonly Named[]> {
  const byPrefix = Map.groupBy(ids, (id) => id.slice(0, id.indexOf("_")));
  const found: Named[] = [];
  for (const [prefix, group] of byPrefix) found.push(...((await FINDERS[prefix]?.(ctx, actor, group, language)) ?? []));
  return found;
}
