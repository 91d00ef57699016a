import {
  AttributionExplanation,
  AttributionRun,
  AttributionRunPage,
  CreditQuery,
  CreditReport,
  Customer,
  CustomerPage,
  CustomerQuery,
  KnownCustomers,
  KnownCustomersForgotten,
  KnownCustomersNoted,
  KnownCustomersTakenBack,
  ManualAttribution,
  NewRulesVersion,
  NotedCustomerPage,
  NotedCustomerQuery,
  PageQuery,
  RulesProposal,
  RulesVersionPage,
  SavedRules,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../database/index.ts";
import { creditReport } from "./credit-report.ts";
import {
  getRun,
  listKnownCustomers,
  listRules,
  listRuns,
  markKnownCustomers,
  previewRules,
  saveRules,
  takeBackKnownCustomers,
} from "./rules-service.ts";
import {
  attributeByHand,
  type CustomerSurroundings,
  explainAttribution,
  getCustomer,
  listCustomers,
} from "./service.ts";
import type { TouchSources } from "./touches.ts";

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

const READ_RULES = { permission: "programs.read", audience: "operator" } as const;
const WRITE_RULES = { permission: "programs.write", audience: "operator" } as const;
const rulesTags = ["attribution"];

/** Rules of attribution with their versions, what they would change, and the report of credits. For the operator's people only. */
export function attributionRoutes(
  around: CustomerSurroundings & { readonly sources: TouchSources },
): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(rulesRoutes);
    await app.register(runsRoutes);
    app.get(
      "/v1/programs/:id/known-customers",
      {
        config: { permission: "customers.read", audience: "operator" },
        schema: {
          tags: rulesTags,
          summary: "Customers who were the operator's before",
          params: Id,
          querystring: NotedCustomerQuery,
          response: { 200: NotedCustomerPage },
        },
      },
      async ({ ctx, actor, params, query }) => wirePage(await listKnownCustomers(ctx, actor, params.id, query)),
    );
    app.post(
      "/v1/programs/:id/known-customers",
      {
        config: WRITE,
        schema: {
          tags: rulesTags,
          summary: "Note customers who were the operator's before",
          description:
            "Up to 10,000 in a call. Where the rules keep known customers, touches after that day do not claim them; customers with events are decided again at once.",
          params: Id,
          body: KnownCustomers,
          response: { 200: KnownCustomersNoted },
        },
      },
      ({ ctx, actor, params, body }) => markKnownCustomers(ctx, actor, params.id, body, around),
    );
    app.post(
      "/v1/programs/:id/known-customers/take-back",
      {
        config: WRITE,
        schema: {
          tags: rulesTags,
          summary: "Take back that customers were the operator's before",
          description: "For ids that were noted by mistake. Customers with events are decided again at once.",
          params: Id,
          body: KnownCustomersTakenBack,
          response: { 200: KnownCustomersForgotten },
        },
      },
      ({ ctx, actor, params, body }) => takeBackKnownCustomers(ctx, actor, params.id, body, around),
    );
    app.get(
      "/v1/reports/attribution",
      {
        config: { permission: "reports.read", audience: "operator" },
        schema: {
          tags: rulesTags,
          summary: "Credit of all touches on the way to conversions",
          description:
            "First, last, linear, position-based and time-decay beside each other, computed from the stored journeys. For reports only: whose a customer is, and what is paid, the program's rules decide.",
          querystring: CreditQuery,
          response: { 200: CreditReport },
        },
      },
      ({ ctx, actor, query }) => creditReport(ctx, actor, query, around.sources.clickIds),
    );
  };
}

const rulesRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/programs/:id/attribution-rules",
    {
      config: READ_RULES,
      schema: {
        tags: rulesTags,
        summary: "Versions of a program's rules, the newest first",
        params: Id,
        querystring: PageQuery,
        response: { 200: RulesVersionPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listRules(ctx, actor, params.id, query)),
  );
  app.post(
    "/v1/programs/:id/attribution-rules",
    {
      config: WRITE_RULES,
      schema: {
        tags: rulesTags,
        summary: "Keep a new version of the rules",
        description:
          "Rules that reach back need a finished preview of the same rules and days. Customers are then decided again in the background; closed statements stay, differences are booked in the open month.",
        params: Id,
        body: NewRulesVersion,
        response: { 201: SavedRules },
      },
    },
    async ({ ctx, actor, params, body }, reply) => reply.code(201).send(await saveRules(ctx, actor, params.id, body)),
  );
  app.post(
    "/v1/programs/:id/attribution-previews",
    {
      config: WRITE_RULES,
      schema: {
        tags: rulesTags,
        summary: "Find out what other rules would change",
        description: "Runs in the background and writes nothing but its result: GET /v1/attribution-runs/{id}.",
        params: Id,
        body: RulesProposal,
        response: { 201: AttributionRun },
      },
    },
    async ({ ctx, actor, params, body }, reply) =>
      reply.code(201).send(await previewRules(ctx, actor, params.id, body)),
  );
};

const runsRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/programs/:id/attribution-runs",
    {
      config: READ_RULES,
      schema: {
        tags: rulesTags,
        summary: "Previews and runs that decided again, the newest first",
        params: Id,
        querystring: PageQuery,
        response: { 200: AttributionRunPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listRuns(ctx, actor, params.id, query)),
  );
  app.get(
    "/v1/attribution-runs/:id",
    {
      config: READ_RULES,
      schema: {
        tags: rulesTags,
        summary: "One run with how far it came and what changes",
        params: Id,
        response: { 200: AttributionRun },
      },
    },
    ({ ctx, actor, params }) => getRun(ctx, actor, params.id),
  );
};
