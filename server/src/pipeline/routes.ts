import {
  Forecast,
  ForecastQuery,
  LeadBoard,
  LeadBoardQuery,
  LeadChange,
  LeadDetail,
  LeadLoss,
  LeadMove,
  LeadPage,
  LeadQuery,
  LeadReopening,
  LeadWin,
  LikenessDecision,
  NewLeads,
  PipelineSettings,
  PipelineSettingsChange,
  PipelineTargets,
  TakenLeads,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import type { PipelineNeeds } from "./contracts.ts";
import { changeLead, forecast, getLead, leadBoard, listLeads } from "./leads.ts";
import { decideLikeness, loseLead, moveLead, reopenLead, winLead } from "./moves.ts";
import { formRoutes } from "./routes/forms.ts";
import { mailRoutes } from "./routes/mail.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { workRoutes } from "./routes/work.ts";
import { changeSettings, changeTargets, getSettings, getTargets } from "./settings.ts";
import { takeLeads } from "./take.ts";

const READ = { permission: "pipeline.read", audience: "operator" } as const;
const WRITE = { permission: "pipeline.write", audience: "operator" } as const;
const APPROVE = { permission: "pipeline.approve", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["pipeline"];

/** Leads on their way to becoming partners, and all that belongs to it. */
export function pipelineRoutes(needs: PipelineNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(lists);
    await app.register(oneLead);
    await app.register(settings);
    await app.register(formRoutes(needs));
    await app.register(ruleRoutes);
    await app.register(workRoutes(needs));
    await app.register(mailRoutes(needs));
  };
}

const lists: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/leads",
    {
      config: READ,
      schema: { tags, summary: "Leads, the newest first", querystring: LeadQuery, response: { 200: LeadPage } },
    },
    async (request) => wirePage(await listLeads(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/leads",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Bring leads, up to 1,000 at once",
        description:
          "Each is recognised, its source named, and given to somebody. What cannot be taken is told, the others are taken.",
        body: NewLeads,
        response: { 200: TakenLeads },
      },
    },
    async (request) => {
      const channel = request.actor.kind === "api_key" ? "api" : "hand";
      const all = await takeLeads(request.ctx, request.actor, request.body.leads, { channel });
      return {
        taken: all.flatMap((one, index) => ("refused" in one ? [] : [{ index, ...one }])),
        refused: all.flatMap((one, index) =>
          "refused" in one ? [{ index, code: one.refused.code, detail: one.refused.message }] : [],
        ),
      };
    },
  );
  app.get(
    "/v1/leads/board",
    {
      config: READ,
      schema: { tags, summary: "Open leads by stage", querystring: LeadBoardQuery, response: { 200: LeadBoard } },
    },
    (request) => leadBoard(request.ctx, request.actor, request.query),
  );
  app.get(
    "/v1/leads/forecast",
    {
      config: READ,
      schema: {
        tags,
        summary: "What open leads are expected to bring, weighted by their stage",
        querystring: ForecastQuery,
        response: { 200: Forecast },
      },
    },
    (request) => forecast(request.ctx, request.actor, request.query),
  );
};

const oneLead: FastifyPluginAsyncZod = async (app) => {
  const answer = { 200: LeadDetail };
  app.get(
    "/v1/leads/:id",
    {
      config: READ,
      schema: { tags, summary: "Read a lead, and why it is where it is", params: ById, response: answer },
    },
    (request) => getLead(request.ctx, request.actor, request.params.id),
  );
  app.patch(
    "/v1/leads/:id",
    { config: WRITE, schema: { tags, summary: "Change a lead", params: ById, body: LeadChange, response: answer } },
    (request) => changeLead(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/leads/:id/move",
    {
      config: WRITE,
      schema: { tags, summary: "Move an open lead to a stage", params: ById, body: LeadMove, response: answer },
    },
    (request) => moveLead(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/leads/:id/lose",
    {
      config: WRITE,
      schema: { tags, summary: "Say that a lead is lost, and why", params: ById, body: LeadLoss, response: answer },
    },
    (request) => loseLead(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/leads/:id/win",
    {
      config: WRITE,
      schema: { tags, summary: "Make a partner of a lead", params: ById, body: LeadWin, response: answer },
    },
    (request) => winLead(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/leads/:id/reopen",
    {
      config: WRITE,
      schema: { tags, summary: "Work on a lost lead again", params: ById, body: LeadReopening, response: answer },
    },
    (request) => reopenLead(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/leads/:id/likenesses/:likeness",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Say whether a lead is somebody who is known",
        params: ById.extend({ likeness: z.string().regex(/^\d{1,18}$/) }),
        body: LikenessDecision,
        response: answer,
      },
    },
    ({ ctx, actor, params, body }) => decideLikeness(ctx, actor, params.id, params.likeness, body),
  );
};

const settings: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/pipeline/settings",
    { config: READ, schema: { tags, summary: "Stages and lost reasons", response: { 200: PipelineSettings } } },
    (request) => getSettings(request.ctx),
  );
  app.put(
    "/v1/pipeline/settings",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Change stages and lost reasons",
        body: PipelineSettingsChange,
        response: { 200: PipelineSettings },
      },
    },
    (request) => changeSettings(request.ctx, request.actor, request.body),
  );
  app.get(
    "/v1/pipeline/targets",
    { config: READ, schema: { tags, summary: "First deposits that are wanted", response: { 200: PipelineTargets } } },
    (request) => getTargets(request.ctx),
  );
  app.put(
    "/v1/pipeline/targets",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Say what is wanted of each month",
        body: PipelineTargets,
        response: { 200: PipelineTargets },
      },
    },
    (request) => changeTargets(request.ctx, request.actor, request.body),
  );
};
