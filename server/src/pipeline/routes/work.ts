import {
  LeadActivity,
  LeadActivityPage,
  LeadActivityQuery,
  NewLeadActivity,
  NewMail,
  NewTask,
  TaskChange,
  TaskPage,
  TaskQuery,
  WorkTask,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import { addActivity, addTask, changeTask, listActivities, listTasks, writeMail } from "../activities.ts";
import type { PipelineNeeds } from "../contracts.ts";

const READ = { permission: "pipeline.read", audience: "operator" } as const;
const WRITE = { permission: "pipeline.write", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["activities and tasks"];

/** What was said and done, and what is next. */
export function workRoutes(needs: PipelineNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/activities",
      {
        config: READ,
        schema: {
          tags,
          summary: "What was said and done with a lead or partner",
          querystring: LeadActivityQuery,
          response: { 200: LeadActivityPage },
        },
      },
      async (request) => wirePage(await listActivities(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/activities",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Log a note, call, meeting or mail",
          body: NewLeadActivity,
          response: { 201: LeadActivity },
        },
      },
      async (request, reply) => reply.code(201).send(await addActivity(request.ctx, request.actor, request.body)),
    );
    app.post(
      "/v1/activities/mails",
      {
        config: WRITE,
        schema: { tags, summary: "Send a mail and log it", body: NewMail, response: { 201: LeadActivity } },
      },
      async (request, reply) => reply.code(201).send(await writeMail(request.ctx, request.actor, request.body, needs)),
    );
    app.get(
      "/v1/tasks",
      {
        config: READ,
        schema: { tags, summary: "Tasks by when they are due", querystring: TaskQuery, response: { 200: TaskPage } },
      },
      async (request) => wirePage(await listTasks(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/tasks",
      { config: WRITE, schema: { tags, summary: "Add a task", body: NewTask, response: { 201: WorkTask } } },
      async (request, reply) => reply.code(201).send(await addTask(request.ctx, request.actor, request.body)),
    );
    app.patch(
      "/v1/tasks/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Change a task, or say that it is done",
          params: ById,
          body: TaskChange,
          response: { 200: WorkTask },
        },
      },
      (request) => changeTask(request.ctx, request.actor, request.params.id, request.body),
    );
  };
}
