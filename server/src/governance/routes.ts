import {
  DataDefinitions,
  DataFindingPage,
  DataFindingQuery,
  DataRuleChange,
  DataRules,
  DataRuleTried,
  DataRuleTry,
  DataScore,
  DataScores,
  FindingAssign,
  FindingExcept,
  FindingIds,
  InLanguage,
  ManyDone,
  NewDataRule,
  NewTagRule,
  SuggestionDismiss,
  SuggestionIds,
  SuggestionPage,
  SuggestionPreview,
  SuggestionQuery,
  TagOrigins,
  TagRuleChange,
  TagRules,
  TagRuleTried,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { type DefinedMetric, listDefinitions } from "./definitions.ts";
import { assignFindings, endExceptions, exceptFindings, getScore, getScores, listFindings } from "./findings.ts";
import { changeRule, createRule, listRules, tryRule } from "./rules.ts";
import {
  dismissSuggestions,
  doSuggestions,
  listSuggestions,
  previewSuggestions,
  undoSuggestions,
} from "./suggestions.ts";
import { listTagRules, saveTagRule, tagOrigins, tryTagRule } from "./tags.ts";

const READ = { permission: "governance.read", audience: "operator" } as const;
const WRITE = { permission: "governance.write", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const Made = z.object({ id: z.string() });
const tags = ["governance"];

export interface GovernanceNeeds {
  readonly metrics: readonly DefinedMetric[];
}

/** Rules about the data and what breaks them, what might be tidied up, tags by rule. */
export function governanceRoutes(needs: GovernanceNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(rules);
    await app.register(findings);
    await app.register(scores(needs));
    await app.register(suggestions);
    await app.register(tagRules);
  };
}

const rules: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/data-rules",
    { config: READ, schema: { tags, summary: "Rules about the data", response: { 200: DataRules } } },
    ({ ctx, actor }) => listRules(ctx, actor),
  );
  app.post(
    "/v1/data-rules",
    { config: WRITE, schema: { tags, summary: "Make a rule", body: NewDataRule, response: { 201: Made } } },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await createRule(ctx, actor, body)),
  );
  app.put(
    "/v1/data-rules/:id",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Change a rule: its next version",
        params: ById,
        body: DataRuleChange,
        response: { 200: Made },
      },
    },
    ({ ctx, actor, params, body }) => changeRule(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/data-rules/try",
    {
      config: WRITE,
      schema: { tags, summary: "What a rule would find", body: DataRuleTry, response: { 200: DataRuleTried } },
    },
    ({ ctx, actor, body }) => tryRule(ctx, actor, body),
  );
};

const findings: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/findings",
    {
      config: READ,
      schema: {
        tags,
        summary: "What breaks the rules, the gravest first",
        querystring: DataFindingQuery,
        response: { 200: DataFindingPage },
      },
    },
    ({ ctx, actor, query }) => listFindings(ctx, actor, query),
  );
  app.post(
    "/v1/findings/assign",
    {
      config: WRITE,
      schema: { tags, summary: "Give findings to somebody", body: FindingAssign, response: { 200: ManyDone } },
    },
    ({ ctx, actor, body }) => assignFindings(ctx, actor, body.ids, body.userId),
  );
  app.post(
    "/v1/findings/except",
    {
      config: WRITE,
      schema: { tags, summary: "Accept as it is until a day", body: FindingExcept, response: { 200: ManyDone } },
    },
    ({ ctx, actor, body }) => exceptFindings(ctx, actor, body),
  );
  app.post(
    "/v1/findings/end-exceptions",
    {
      config: WRITE,
      schema: { tags, summary: "End exceptions before their day", body: FindingIds, response: { 200: ManyDone } },
    },
    ({ ctx, actor, body }) => endExceptions(ctx, actor, body.ids),
  );
};

function scores(needs: GovernanceNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/data-scores",
      {
        config: READ,
        schema: {
          tags,
          summary: "Scores by region and owner, and their course",
          querystring: InLanguage,
          response: { 200: DataScores },
        },
      },
      ({ ctx, actor, query }) => getScores(ctx, actor, query.language),
    );
    app.get(
      "/v1/partners/:id/data-score",
      {
        config: READ,
        schema: {
          tags,
          summary: "How a partner's score comes about",
          params: ById,
          querystring: InLanguage,
          response: { 200: DataScore },
        },
      },
      ({ ctx, actor, params, query }) => getScore(ctx, actor, params.id, query.language),
    );
    app.get(
      "/v1/definitions",
      {
        config: READ,
        schema: {
          tags,
          summary: "What fields and metrics mean",
          querystring: InLanguage,
          response: { 200: DataDefinitions },
        },
      },
      ({ ctx, actor, query }) => listDefinitions(ctx, actor, needs.metrics, query.language),
    );
  };
}

const suggestions: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/suggestions",
    {
      config: READ,
      schema: {
        tags,
        summary: "What might be tidied up",
        querystring: SuggestionQuery,
        response: { 200: SuggestionPage },
      },
    },
    ({ ctx, actor, query }) => listSuggestions(ctx, actor, query),
  );
  app.post(
    "/v1/suggestions/preview",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "What doing them would change",
        body: SuggestionIds,
        response: { 200: SuggestionPreview },
      },
    },
    ({ ctx, actor, body }) => previewSuggestions(ctx, actor, body.ids),
  );
  app.post(
    "/v1/suggestions/do",
    { config: WRITE, schema: { tags, summary: "Do them", body: SuggestionIds, response: { 200: ManyDone } } },
    ({ ctx, actor, body }) => doSuggestions(ctx, actor, body.ids),
  );
  app.post(
    "/v1/suggestions/undo",
    { config: WRITE, schema: { tags, summary: "Put back", body: SuggestionIds, response: { 200: ManyDone } } },
    ({ ctx, actor, body }) => undoSuggestions(ctx, actor, body.ids),
  );
  app.post(
    "/v1/suggestions/dismiss",
    {
      config: WRITE,
      schema: { tags, summary: "Leave as it is", body: SuggestionDismiss, response: { 200: ManyDone } },
    },
    ({ ctx, actor, body }) => dismissSuggestions(ctx, actor, body.ids, body.reason),
  );
};

const tagRules: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/tag-rules",
    { config: READ, schema: { tags, summary: "Rules that set tags", response: { 200: TagRules } } },
    ({ ctx, actor }) => listTagRules(ctx, actor),
  );
  app.post(
    "/v1/tag-rules",
    { config: WRITE, schema: { tags, summary: "Make a tag rule", body: NewTagRule, response: { 201: Made } } },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await saveTagRule(ctx, actor, undefined, body)),
  );
  app.put(
    "/v1/tag-rules/:id",
    {
      config: WRITE,
      schema: { tags, summary: "Change a tag rule", params: ById, body: TagRuleChange, response: { 200: Made } },
    },
    ({ ctx, actor, params, body }) => saveTagRule(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/tag-rules/try",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "What a tag rule would change",
        querystring: z.object({ replaces: z.string().max(60).optional() }),
        body: NewTagRule,
        response: { 200: TagRuleTried },
      },
    },
    ({ ctx, actor, body, query }) => tryTagRule(ctx, actor, query.replaces, body),
  );
  app.get(
    "/v1/partners/:id/tag-origins",
    {
      config: { permission: "partners.read", audience: "operator" },
      schema: { tags, summary: "Which rule set a tag", params: ById, response: { 200: TagOrigins } },
    },
    ({ ctx, actor, params }) => tagOrigins(ctx, actor, params.id),
  );
};
