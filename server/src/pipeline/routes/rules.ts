import {
  NewRoutingRules,
  NewSourceRules,
  RoutingRules,
  RulesTried,
  RuleVersionQuery,
  SourceAnswer,
  SourceAnswered,
  SourceRules,
  TryRoutingRules,
  TrySourceRules,
  UnmatchedSourcePage,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import "../../access/http.ts";
import {
  answerSource,
  getRoutingRules,
  getSourceRules,
  saveRoutingRules,
  saveSourceRules,
  tryRoutingRules,
  trySourceRules,
  unmatchedSources,
} from "../rules.ts";

const READ = { permission: "pipeline.read", audience: "operator" } as const;
const WRITE = { permission: "pipeline.write", audience: "operator" } as const;
const APPROVE = { permission: "pipeline.approve", audience: "operator" } as const;
const tags = ["pipeline rules"];

/** Rules that say whose a lead is and where it comes from. */
export const ruleRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(routing);
  await app.register(sources);
};

const routing: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/pipeline/routing-rules",
    {
      config: READ,
      schema: {
        tags,
        summary: "Rules that say whose a lead is",
        querystring: RuleVersionQuery,
        response: { 200: RoutingRules },
      },
    },
    (request) => getRoutingRules(request.ctx, request.query.version),
  );
  app.post(
    "/v1/pipeline/routing-rules",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "The next version of the routing rules",
        body: NewRoutingRules,
        response: { 201: RoutingRules },
      },
    },
    async (request, reply) => reply.code(201).send(await saveRoutingRules(request.ctx, request.actor, request.body)),
  );
  app.post(
    "/v1/pipeline/routing-rules/try",
    {
      config: READ,
      schema: {
        tags,
        summary: "What routing rules would have made of past leads",
        body: TryRoutingRules,
        response: { 200: RulesTried },
      },
    },
    ({ ctx, actor, body }) => tryRoutingRules(ctx, actor, body.rules, body.leads),
  );
};

const sources: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/pipeline/source-rules",
    {
      config: READ,
      schema: {
        tags,
        summary: "Rules that name sources",
        querystring: RuleVersionQuery,
        response: { 200: SourceRules },
      },
    },
    (request) => getSourceRules(request.ctx, request.query.version),
  );
  app.post(
    "/v1/pipeline/source-rules",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "The next version of the rules of sources",
        body: NewSourceRules,
        response: { 201: SourceRules },
      },
    },
    async (request, reply) => reply.code(201).send(await saveSourceRules(request.ctx, request.actor, request.body)),
  );
  app.post(
    "/v1/pipeline/source-rules/try",
    {
      config: READ,
      schema: {
        tags,
        summary: "What rules would have named past sources",
        body: TrySourceRules,
        response: { 200: RulesTried },
      },
    },
    ({ ctx, actor, body }) => trySourceRules(ctx, actor, body.rules, body.leads),
  );
  app.get(
    "/v1/pipeline/unmatched-sources",
    { config: READ, schema: { tags, summary: "Sources that no rule knows", response: { 200: UnmatchedSourcePage } } },
    async (request) => ({ data: [...(await unmatchedSources(request.ctx))] }),
  );
  app.post(
    "/v1/pipeline/unmatched-sources",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Make a rule of an unknown source",
        body: SourceAnswer,
        response: { 200: SourceAnswered },
      },
    },
    (request) => answerSource(request.ctx, request.actor, request.body),
  );
};
