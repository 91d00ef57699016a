import {
  ActivationChange,
  Closing,
  ClosingAnswer,
  ClosingConfirm,
  ClosingPreview,
  Handover,
  HandoverDraft,
  HandoverList,
  HandoverWord,
  InLanguage,
  LanguageQuery,
  Launch,
  LaunchPage,
  LaunchQuery,
  LaunchRaise,
  NewClosing,
  NewHandover,
  NewLaunch,
  OnboardingPage,
  OnboardingQuery,
  OnboardingSettings,
  Readiness,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { confirmClosing, previewClosing, proposeClosing, reverseClosing, withdrawClosing } from "./closing/closing.ts";
import type { OnboardingNeeds } from "./contracts.ts";
import {
  acknowledgeHandover,
  freezeHandover,
  getHandover,
  handoverDocument,
  handoverDraft,
  listHandovers,
} from "./handover/handover.ts";
import { launch, listLaunches, raise } from "./launch.ts";
import { board, readiness } from "./readiness.ts";
import { changeActivation, onboardingSettings } from "./templates.ts";

const ById = z.object({ id: z.string().max(60) });
const READ = { permission: "procedures.read", audience: "operator" } as const;
const WRITE = { permission: "partners.write", audience: "operator" } as const;
const APPROVE = { permission: "partners.approve", audience: "operator" } as const;
const tags = ["onboarding"];

/** The way of a partner to its launch, its handover, and the end of the work with it. */
export function onboardingRoutes(needs: OnboardingNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(readinessRoutes(needs));
    await app.register(launches(needs));
    await app.register(handovers(needs));
    await app.register(closings(needs));
    await app.register(settings(needs));
  };
}

function readinessRoutes(needs: OnboardingNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/onboarding",
      {
        config: READ,
        schema: {
          tags,
          summary: "Everybody on the way to a launch, and what each waits for",
          querystring: OnboardingQuery,
          response: { 200: OnboardingPage },
        },
      },
      async ({ ctx, actor, query }) => {
        const { rows, nextCursor } = await board(ctx, actor, query, needs);
        return { data: [...rows], nextCursor };
      },
    );
    app.get(
      "/v1/partners/:id/readiness",
      {
        config: READ,
        schema: {
          tags,
          summary: "Every condition up to the launch of a partner, asked this moment",
          params: ById,
          querystring: LanguageQuery,
          response: { 200: Readiness },
        },
      },
      ({ ctx, actor, params, query }) => readiness(ctx, actor, params.id, needs, query.language),
    );
  };
}

function launches(needs: OnboardingNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/partners/:id/launch",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Launch a partner, softly with caps or fully; every condition is asked again",
          params: ById,
          body: NewLaunch,
          response: { 200: Launch },
        },
      },
      ({ ctx, actor, params, body }) => launch(ctx, actor, params.id, body, needs),
    );
    app.get(
      "/v1/launches",
      {
        config: READ,
        schema: {
          tags,
          summary: "Launches, the newest first",
          querystring: LaunchQuery,
          response: { 200: LaunchPage },
        },
      },
      async ({ ctx, actor, query }) => {
        const { rows, nextCursor } = await listLaunches(ctx, actor, query);
        return { data: [...rows], nextCursor };
      },
    );
    app.post(
      "/v1/launches/:id/raise",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Lift the caps of a soft launch",
          params: ById,
          body: LaunchRaise,
          response: { 200: Launch },
        },
      },
      ({ ctx, actor, params, body }) => raise(ctx, actor, params.id, body),
    );
  };
}

function handovers(needs: OnboardingNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/partners/:id/handover",
      {
        config: READ,
        schema: {
          tags,
          summary: "The handover as it would be frozen now",
          params: ById,
          querystring: LanguageQuery,
          response: { 200: HandoverDraft },
        },
      },
      ({ ctx, actor, params, query }) =>
        handoverDraft(ctx, actor, params.id, { language: query.language, programId: null, notes: "" }, needs),
    );
    app.post(
      "/v1/partners/:id/handovers",
      {
        config: WRITE,
        schema: { tags, summary: "Freeze the handover", params: ById, body: NewHandover, response: { 200: Handover } },
      },
      ({ ctx, actor, params, body }) => freezeHandover(ctx, actor, params.id, body, needs),
    );
    await app.register(frozenHandovers);
  };
}

/** A partner's people read and acknowledge their own. */
const frozenHandovers: FastifyPluginAsyncZod = async (app) => {
  const both = { permission: "partners.read", audience: "both" } as const;
  app.get(
    "/v1/handovers",
    {
      config: both,
      schema: {
        tags,
        summary: "Frozen handovers of a partner",
        querystring: z.object({ partnerId: z.string().max(60).optional() }),
        response: { 200: HandoverList },
      },
    },
    ({ ctx, actor, query }) => listHandovers(ctx, actor, query.partnerId),
  );
  app.get(
    "/v1/handovers/:id",
    { config: both, schema: { tags, summary: "A frozen handover", params: ById, response: { 200: Handover } } },
    ({ ctx, actor, params }) => getHandover(ctx, actor, params.id),
  );
  app.get(
    "/v1/handovers/:id/document.pdf",
    { config: both, schema: { tags, summary: "The frozen document", params: ById } },
    async ({ ctx, actor, params }, reply) => {
      const { name, bytes } = await handoverDocument(ctx, actor, params.id);
      reply.header("content-type", "application/pdf").header("content-disposition", `inline; filename="${name}"`);
      return reply.send(bytes);
    },
  );
  app.post(
    "/v1/handovers/:id/acknowledge",
    {
      config: both,
      schema: {
        tags,
        summary: "Say for one's side that it is so",
        params: ById,
        body: HandoverWord,
        response: { 200: Handover },
      },
    },
    ({ ctx, actor, params, body }) => acknowledgeHandover(ctx, actor, params.id, body),
  );
};

function closings(needs: OnboardingNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/partners/:id/closing",
      {
        config: WRITE,
        schema: { tags, summary: "What closing a partner would mean", params: ById, response: { 200: ClosingPreview } },
      },
      ({ ctx, actor, params }) => previewClosing(ctx, actor, params.id, needs),
    );
    app.post(
      "/v1/partners/:id/closings",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Close a partner; with money open a second person confirms",
          params: ById,
          body: NewClosing,
          response: { 200: Closing },
        },
      },
      ({ ctx, actor, params, body }) => proposeClosing(ctx, actor, params.id, body, needs),
    );
    app.post(
      "/v1/closings/:id/confirm",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Confirm and carry out",
          params: ById,
          body: ClosingConfirm,
          response: { 200: Closing },
        },
      },
      ({ ctx, actor, params, body }) => confirmClosing(ctx, actor, params.id, body, needs),
    );
    app.post(
      "/v1/closings/:id/withdraw",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Take a proposal back",
          params: ById,
          body: ClosingAnswer,
          response: { 200: Closing },
        },
      },
      ({ ctx, actor, params, body }) => withdrawClosing(ctx, actor, params.id, body),
    );
    app.post(
      "/v1/closings/:id/reverse",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Restore exactly what a closing stopped",
          params: ById,
          body: ClosingAnswer,
          response: { 200: Closing },
        },
      },
      ({ ctx, actor, params, body }) => reverseClosing(ctx, actor, params.id, body),
    );
  };
}

function settings(needs: OnboardingNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/onboarding-settings",
      {
        config: READ,
        schema: {
          tags,
          summary: "Who is launched by which procedure",
          querystring: InLanguage,
          response: { 200: OnboardingSettings },
        },
      },
      ({ ctx, actor, query }) => onboardingSettings(ctx, actor, needs.facts, query.language),
    );
    app.put(
      "/v1/onboarding-settings",
      {
        config: { permission: "settings.write", audience: "operator" },
        schema: {
          tags,
          summary: "Say by which procedure partners of a kind become active, or that approval is enough",
          body: ActivationChange,
          response: { 200: OnboardingSettings },
        },
      },
      async ({ ctx, actor, body }) => {
        await changeActivation(ctx, actor, body);
        return await onboardingSettings(ctx, actor, needs.facts);
      },
    );
  };
}
