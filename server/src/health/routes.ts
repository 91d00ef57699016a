import {
  HealthAcknowledge,
  HealthAlertDetail,
  HealthLanguage,
  HealthMute,
  HealthPage,
  HealthQuery,
  HealthSettings,
  HealthSettingsChange,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { acknowledgeAlert, getAlert, listAlerts, muteAlert } from "./alerts.ts";
import type { HealthNeeds } from "./run.ts";
import { changeSettings, getSettings } from "./settings.ts";

const READ = { permission: "links.read", audience: "both" } as const;
const WRITE = { permission: "links.write", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["health"];

/** What is unusual about tracking, and what was done about it. */
export function healthRoutes(needs: HealthNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/health",
      {
        config: READ,
        schema: {
          tags,
          summary: "Alerts about tracking, the newest first",
          querystring: HealthQuery,
          response: { 200: HealthPage },
        },
      },
      (request) => listAlerts(request.ctx, request.actor, request.query, needs),
    );
    app.get(
      "/v1/health/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "Read an alert, with its last days beside what was to be expected",
          params: ById,
          querystring: HealthLanguage,
          response: { 200: HealthAlertDetail },
        },
      },
      (request) => getAlert(request.ctx, request.actor, request.params.id, request.query.language, needs),
    );
    await app.register(answers(needs));
    await app.register(settings);
  };
}

function answers(needs: HealthNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/health/:id/acknowledge",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Say that somebody looks after it, or that it is the new normal",
          params: ById,
          querystring: HealthLanguage,
          body: HealthAcknowledge,
          response: { 200: HealthAlertDetail },
        },
      },
      ({ ctx, actor, params, body, query }) => acknowledgeAlert(ctx, actor, params.id, body, query.language, needs),
    );
    app.post(
      "/v1/health/:id/mute",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Tell nothing of it until an instant",
          params: ById,
          querystring: HealthLanguage,
          body: HealthMute,
          response: { 200: HealthAlertDetail },
        },
      },
      ({ ctx, actor, params, body, query }) => muteAlert(ctx, actor, params.id, body, query.language, needs),
    );
  };
}

const settings: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/programs/:id/health-settings",
    {
      config: { permission: "programs.read", audience: "operator" },
      schema: { tags, summary: "How closely a program is watched", params: ById, response: { 200: HealthSettings } },
    },
    (request) => getSettings(request.ctx, request.actor, request.params.id),
  );
  app.put(
    "/v1/programs/:id/health-settings",
    {
      config: { permission: "programs.write", audience: "operator" },
      schema: {
        tags,
        summary: "Change how closely a program is watched, and who is told",
        params: ById,
        body: HealthSettingsChange,
        response: { 200: HealthSettings },
      },
    },
    (request) => changeSettings(request.ctx, request.actor, request.params.id, request.body),
  );
};
