import { AttributionExplanation, Customer, CustomerPage, CustomerQuery, ManualAttribution } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../database/index.ts";
import {
  attributeByHand,
  type CustomerSurroundings,
  explainAttribution,
  getCustomer,
  listCustomers,
} from "./service.ts";

const READ = { permission: "customers.read", audience: "both" } as const;
const WRITE = { permission: "customers.write", audience: "operator" } as const;
const tags = ["customers"];
const Id = z.object({ id: z.string().max(60) });

export function customersRoutes(around: CustomerSurroundings): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/customers",
      {
        config: READ,
        schema: { tags, summary: "Customers", querystring: CustomerQuery, response: { 200: CustomerPage } },
      },
      async (request) => wirePage(await listCustomers(request.ctx, request.actor, request.query, around)),
    );
    app.get(
      "/v1/customers/:id",
      { config: READ, schema: { tags, summary: "One customer", params: Id, response: { 200: Customer } } },
      (request) => getCustomer(request.ctx, request.actor, request.params.id, around),
    );
    app.get(
      "/v1/customers/:id/attribution",
      {
        config: READ,
        schema: {
          tags,
          summary: "Whose the customer is, and why",
          description:
            "Every decision with each candidate and why it won or lost. A partner does not see whose the others are.",
          params: Id,
          response: { 200: AttributionExplanation },
        },
      },
      (request) => explainAttribution(request.ctx, request.actor, request.params.id, around),
    );
    app.post(
      "/v1/customers/:id/attribution",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Decide by hand whose the customer is",
          description:
            "Events do not change it any more. Commissions of the partners concerned are calculated again; the ledger books the difference.",
          params: Id,
          body: ManualAttribution,
          response: { 200: AttributionExplanation },
        },
      },
      (request) => attributeByHand(request.ctx, request.actor, request.params.id, request.body, around),
    );
  };
}
