import {
  NewLinkTest,
  NewPostbackTest,
  OutboundAsked,
  ProofLanguage,
  ProofPage,
  ProofQuery,
  ProofRun,
  SetUpSheet,
  SimulatedEvent,
  TrackingEvidenceList,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import type { ProofNeeds } from "./contracts.ts";
import { evidenceOfPartner } from "./evidence.ts";
import { runLinkTest, Slots } from "./link-test.ts";
import { getRun, listRuns } from "./runs.ts";
import { setUpSheet } from "./set-up-sheet.ts";
import { sheetPaper } from "./sheet-paper.ts";
import { finishRun, simulateEvent, startPostbackTest, tryOutbound } from "./wizard.ts";

const READ = { permission: "links.read", audience: "both" } as const;
const WRITE = { permission: "links.write", audience: "both" } as const;
const ById = z.object({ id: z.string().max(60) });
const OfSetUp = z.object({ partnerId: z.string().max(60), offerId: z.string().max(60) });
const OfPartner = z.object({
  partnerId: z.string().max(60).optional().describe("a partner's people may leave it out"),
});
const tags = ["tests"];

/** Tests of links and postbacks, their evidence, and the page that documents a set-up: for the operator and for partners' own. */
export function proofRoutes(needs: ProofNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(runRoutes(needs));
    await app.register(wizardRoutes(needs));
    await app.register(lastStepRoutes(needs));
    await app.register(sheetRoutes(needs));
  };
}

function runRoutes(needs: ProofNeeds): FastifyPluginAsyncZod {
  const slots = new Slots();
  return async (app) => {
    app.get(
      "/v1/tests",
      {
        config: READ,
        schema: {
          tags,
          summary: "Tests that were run, the newest first",
          querystring: ProofQuery,
          response: { 200: ProofPage },
        },
      },
      (request) => listRuns(request.ctx, request.actor, request.query, needs),
    );
    app.get(
      "/v1/tests/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "Read a test with everything it showed",
          params: ById,
          querystring: ProofLanguage,
          response: { 200: ProofRun },
        },
      },
      (request) => getRun(request.ctx, request.actor, request.params.id, request.query.language, needs),
    );
    app.post(
      "/v1/tests/links",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Follow a link as a visitor would",
          description:
            "Takes as long as the chain does, 40 seconds at most. Its click is a test click: it counts nowhere.",
          querystring: ProofLanguage,
          body: NewLinkTest,
          response: { 201: ProofRun },
        },
      },
      async (request, reply) => {
        const { ctx, actor, body } = request;
        const id = await slots.run(() => runLinkTest(ctx, actor, body, needs));
        return reply.code(201).send(await getRun(ctx, actor, id, request.query.language, needs));
      },
    );
  };
}

function wizardRoutes(needs: ProofNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/tests/postbacks",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Begin a postback test with a test click",
          querystring: ProofLanguage,
          body: NewPostbackTest,
          response: { 201: ProofRun },
        },
      },
      async (request, reply) => {
        const id = await startPostbackTest(request.ctx, request.actor, request.body, needs);
        return reply.code(201).send(await getRun(request.ctx, request.actor, id, request.query.language, needs));
      },
    );
    app.post(
      "/v1/tests/:id/events",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Send an event of the test's customer from the test itself",
          params: ById,
          querystring: ProofLanguage,
          body: SimulatedEvent,
          response: { 200: ProofRun },
        },
      },
      async (request) => {
        await simulateEvent(request.ctx, request.actor, request.params.id, request.body, needs);
        return await getRun(request.ctx, request.actor, request.params.id, request.query.language, needs);
      },
    );
  };
}

function lastStepRoutes(needs: ProofNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/tests/:id/outbound",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Call a postback of the partner with test values",
          params: ById,
          querystring: ProofLanguage,
          body: OutboundAsked,
          response: { 200: ProofRun },
        },
      },
      async (request) => {
        await tryOutbound(request.ctx, request.actor, request.params.id, request.body.postbackId, needs);
        return await getRun(request.ctx, request.actor, request.params.id, request.query.language, needs);
      },
    );
    app.post(
      "/v1/tests/:id/finish",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "End a postback test and keep it as evidence",
          params: ById,
          querystring: ProofLanguage,
          response: { 200: ProofRun },
        },
      },
      async (request) => {
        await finishRun(request.ctx, request.actor, request.params.id, needs);
        return await getRun(request.ctx, request.actor, request.params.id, request.query.language, needs);
      },
    );
  };
}

function sheetRoutes(needs: ProofNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/tracking-evidence",
      {
        config: READ,
        schema: {
          tags,
          summary: "What stands proved of a partner's tracking, by offer",
          querystring: OfPartner,
          response: { 200: TrackingEvidenceList },
        },
      },
      async (request) => ({
        data: await evidenceOfPartner(request.ctx, request.actor, request.query.partnerId, needs),
      }),
    );
    app.get(
      "/v1/set-up-sheets/:partnerId/:offerId",
      {
        config: READ,
        schema: {
          tags,
          summary: "The tracking set-up of a partner for an offer",
          params: OfSetUp,
          querystring: ProofLanguage,
          response: { 200: SetUpSheet },
        },
      },
      (request) => setUpSheet(request.ctx, request.actor, { ...request.params, ...request.query }, needs),
    );
    app.get(
      "/v1/set-up-sheets/:partnerId/:offerId/document.pdf",
      { config: READ, schema: { tags, summary: "The same as a PDF", params: OfSetUp, querystring: ProofLanguage } },
      async (request, reply) => {
        const sheet = await setUpSheet(request.ctx, request.actor, { ...request.params, ...request.query }, needs);
        return reply
          .header("content-type", "application/pdf")
          .header("content-disposition", `inline; filename="set-up-${sheet.partner.code}-${sheet.offer.code}.pdf"`)
          .send(await sheetPaper(sheet));
      },
    );
  };
}
