import {
  LeadFile,
  LeadFileResult,
  Mailbox,
  MailboxChange,
  Mailboxes,
  MessageAnswer,
  NewMailbox,
  NewReportSchedule,
  PageQuery,
  PipelineReport,
  PipelineReportQuery,
  ReportSchedules,
  WaitingMessagePage,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import type { PipelineNeeds } from "../contracts.ts";
import { takeFile } from "../files.ts";
import { addMailbox, answerMessage, changeMailbox, listMailboxes, waitingMessages } from "../mail.ts";
import { addSchedule, listSchedules, readReport, removeSchedule, reportFile, sentReport } from "../report.ts";

const READ = { permission: "pipeline.read", audience: "operator" } as const;
const WRITE = { permission: "pipeline.write", audience: "operator" } as const;
const APPROVE = { permission: "pipeline.approve", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["pipeline"];
const FILE_BYTES = 15 * 1024 * 1024;

/** Leads out of files, mail in, and the report. */
export function mailRoutes(needs: PipelineNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(mailboxes(needs));
    await app.register(reports);
    await app.register(schedules);
    app.post(
      "/v1/lead-files",
      {
        config: WRITE,
        bodyLimit: FILE_BYTES,
        schema: {
          tags,
          summary: "Bring leads by a file: first what would happen, then for good",
          body: LeadFile,
          response: { 200: LeadFileResult },
        },
      },
      (request) => takeFile(request.ctx, request.actor, request.body),
    );
  };
}

function mailboxes(needs: PipelineNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/pipeline/mailboxes",
      { config: READ, schema: { tags, summary: "Mailboxes that are read", response: { 200: Mailboxes } } },
      async (request) => ({ data: await listMailboxes(request.ctx) }),
    );
    app.post(
      "/v1/pipeline/mailboxes",
      {
        config: APPROVE,
        schema: { tags, summary: "Read a mailbox from now on", body: NewMailbox, response: { 201: Mailbox } },
      },
      async (request, reply) => reply.code(201).send(await addMailbox(request.ctx, request.actor, request.body, needs)),
    );
    app.patch(
      "/v1/pipeline/mailboxes/:id",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Change how a mailbox is read",
          params: ById,
          body: MailboxChange,
          response: { 200: Mailbox },
        },
      },
      (request) => changeMailbox(request.ctx, request.actor, request.params.id, request.body, needs),
    );
    app.get(
      "/v1/pipeline/messages",
      {
        config: READ,
        schema: {
          tags,
          summary: "Mails that belonged to nobody",
          querystring: PageQuery,
          response: { 200: WaitingMessagePage },
        },
      },
      async (request) => wirePage(await waitingMessages(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/pipeline/messages/answers",
      {
        config: WRITE,
        schema: { tags, summary: "Say whose a mail is", body: MessageAnswer, response: { 204: z.null() } },
      },
      async (request, reply) => {
        await answerMessage(request.ctx, request.actor, request.body);
        return reply.code(204).send(null);
      },
    );
  };
}

const reports: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/pipeline/report",
    {
      config: READ,
      schema: {
        tags,
        summary: "Coverage, conversion, lost reasons and ageing",
        querystring: PipelineReportQuery,
        response: { 200: PipelineReport },
      },
    },
    (request) => readReport(request.ctx, request.actor, request.query),
  );
  app.get(
    "/v1/pipeline/report/file",
    {
      config: READ,
      schema: {
        tags,
        summary: "The same as a file",
        querystring: PipelineReportQuery.extend({
          as: z.enum(["csv", "xlsx"]).default("xlsx"),
          language: z.enum(["en", "es"]).default("en"),
        }),
      },
    },
    async (request, reply) => {
      const report = await readReport(request.ctx, request.actor, request.query);
      const made = await reportFile(request.ctx, report, request.query.as, request.query.language);
      return reply
        .header("content-disposition", `attachment; filename="${made.name}"`)
        .type(made.media)
        .send(made.file);
    },
  );
};

const schedules: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/pipeline/report-schedules",
    {
      config: READ,
      schema: {
        tags,
        summary: "When reports are sent to whom, and those that were",
        response: { 200: ReportSchedules },
      },
    },
    (request) => listSchedules(request.ctx),
  );
  app.post(
    "/v1/pipeline/report-schedules",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Send the report every week or month",
        body: NewReportSchedule,
        response: { 201: ReportSchedules },
      },
    },
    async (request, reply) => {
      await addSchedule(request.ctx, request.actor, request.body);
      return reply.code(201).send(await listSchedules(request.ctx));
    },
  );
  app.delete(
    "/v1/pipeline/report-schedules/:id",
    { config: APPROVE, schema: { tags, summary: "Send it no more", params: ById, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeSchedule(request.ctx, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/pipeline/reports/:id/file",
    { config: READ, schema: { tags, summary: "A report that was sent, as it was", params: ById } },
    async (request, reply) => {
      const made = await sentReport(request.ctx, request.actor, request.params.id);
      return reply
        .header("content-disposition", `attachment; filename="${made.name}"`)
        .type(made.media)
        .send(made.file);
    },
  );
};
