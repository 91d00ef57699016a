import {
  NewPayeeHold,
  Payee,
  PayeeClosing,
  PayeeLanguage,
  PayeeRefusal,
  SelfBillingAcceptance,
  SelfBillingTerms,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { endHold, placeHold } from "./holds.ts";
import { acceptSelfBilling, revokeSelfBilling, selfBillingTerms } from "./self-billing.ts";
import { closePayee } from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["payees"];

/** Holds, the agreement on self-billing, and the end of a payee. */
export const matterRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(holds);
  await app.register(selfBilling);
};

const holds: FastifyPluginAsyncZod = async (app) => {
  app.post(
    "/v1/payees/:id/close",
    {
      config: { permission: "payees.approve", audience: "operator" },
      schema: {
        tags,
        summary: "Close a payee: nobody is paid through it any more",
        params: Id,
        body: PayeeClosing,
        response: { 200: Payee },
      },
    },
    ({ ctx, actor, params, body }) => closePayee(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/payees/:id/holds",
    {
      config: { permission: "payees.write", audience: "operator" },
      schema: {
        tags,
        summary: "Hold its money, with a reason",
        params: Id,
        body: NewPayeeHold,
        response: { 200: Payee },
      },
    },
    ({ ctx, actor, params, body }) => placeHold(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/payee-holds/:id/lift",
    {
      config: { permission: "payees.approve", audience: "operator" },
      schema: {
        tags,
        summary: "Lift a hold; not by whoever placed it",
        params: Id,
        body: PayeeRefusal,
        response: { 200: Payee },
      },
    },
    ({ ctx, actor, params, body }) => endHold(ctx, actor, params.id, body.comment),
  );
};

const selfBilling: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/payees/:id/self-billing",
    {
      config: { permission: "payees.read", audience: "both" },
      schema: {
        tags,
        summary: "What it agrees to when the operator writes its invoices",
        params: Id,
        querystring: z.object({ language: PayeeLanguage.default("en") }),
        response: { 200: SelfBillingTerms },
      },
    },
    ({ ctx, actor, params, query }) => selfBillingTerms(ctx, actor, params.id, query.language),
  );
  app.post(
    "/v1/payees/:id/self-billing",
    {
      config: { permission: "payees.write", audience: "both" },
      schema: {
        tags,
        summary: "Accept it: the partner's signatory, or the operator for a paper",
        params: Id,
        body: SelfBillingAcceptance,
        response: { 200: Payee },
      },
    },
    ({ ctx, actor, params, body, ip }) => acceptSelfBilling(ctx, actor, params.id, body, ip),
  );
  app.delete(
    "/v1/payees/:id/self-billing",
    {
      config: { permission: "payees.write", audience: "operator" },
      schema: { tags, summary: "End it", params: Id, response: { 200: Payee } },
    },
    ({ ctx, actor, params }) => revokeSelfBilling(ctx, actor, params.id),
  );
};
