import {
  NewPayoutBatch,
  PayoutBatch,
  PayoutBatchPage,
  PayoutBatchQuery,
  PayoutBatchStep,
  PayoutCancel,
  PayoutDetail,
  PayoutExclusion,
  PayoutPage,
  PayoutQuery,
  PayoutRelease,
  PayoutTold,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { ReleaseNeeds } from "./contracts.ts";
import { answerFailure, fetchFile, tellByHand } from "./dispatches.ts";
import { matterRoutes } from "./matter-routes.ts";
import { cancelBatch, checkBatchAgain, excludePayouts, prepareBatch, reissuePayout } from "./prepare.ts";
import { getBatch, getPayout, listBatches, listPayouts } from "./reading.ts";
import { releaseBatch } from "./release.ts";

const READ = { permission: "payouts.read", audience: "operator" } as const;
const WRITE = { permission: "payouts.write", audience: "operator" } as const;
const APPROVE = { permission: "payouts.approve", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["payouts"];
const batch = { 200: PayoutBatch };

/** Batches, payouts, and what is behind them: accounts, connections, reports. */
export function payoutsRoutes(needs: ReleaseNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(batchRoutes(needs));
    await app.register(stepRoutes(needs));
    await app.register(releaseRoutes(needs));
    await app.register(dispatchRoutes(needs));
    await app.register(payoutRoutes(needs));
    await app.register(matterRoutes(needs));
  };
}

function batchRoutes(needs: ReleaseNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/payout-batches",
      {
        config: READ,
        schema: {
          tags,
          summary: "Payout batches, the newest first",
          querystring: PayoutBatchQuery,
          response: { 200: PayoutBatchPage },
        },
      },
      async (request) => wirePage(await listBatches(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/payout-batches",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Put together what can be paid",
          description:
            "Every approved statement with something to pay, per payee and currency. What may not be paid is in it, held, with its reasons.",
          body: NewPayoutBatch,
          response: { 201: PayoutBatch },
        },
      },
      async ({ ctx, actor, body }, reply) =>
        reply.code(201).send(await getBatch(ctx, actor, await prepareBatch(ctx, actor, body, needs))),
    );
    app.get(
      "/v1/payout-batches/:id",
      { config: READ, schema: { tags, summary: "Read a payout batch", params: ById, response: batch } },
      ({ ctx, actor, params }) => getBatch(ctx, actor, params.id),
    );
  };
}

function stepRoutes(needs: ReleaseNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/payout-batches/:id/check",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Bring a batch up to what is payable now",
          params: ById,
          body: PayoutBatchStep,
          response: batch,
        },
      },
      async ({ ctx, actor, params, body }) => {
        await checkBatchAgain(ctx, actor, params.id, body, needs);
        return await getBatch(ctx, actor, params.id);
      },
    );
    app.post(
      "/v1/payout-batches/:id/exclusions",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Take payouts out of a batch, or in again",
          params: ById,
          body: PayoutExclusion,
          response: batch,
        },
      },
      async ({ ctx, actor, params, body }) => {
        await excludePayouts(ctx, actor, params.id, body);
        return await getBatch(ctx, actor, params.id);
      },
    );
    app.post(
      "/v1/payout-batches/:id/cancel",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Give up a batch that was not released",
          params: ById,
          body: PayoutCancel,
          response: batch,
        },
      },
      async ({ ctx, actor, params, body }) => {
        await cancelBatch(ctx, actor, params.id, body);
        return await getBatch(ctx, actor, params.id);
      },
    );
  };
}

function releaseRoutes(needs: ReleaseNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/payout-batches/:id/release",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Release a batch, as the second of two people",
          description:
            "Asks for a fresh code of the second factor and for the control sum that was seen. An API key cannot release.",
          params: ById,
          body: PayoutRelease,
          response: batch,
        },
      },
      async ({ ctx, actor, params, body }) => {
        await releaseBatch(ctx, actor, params.id, body, needs);
        return await getBatch(ctx, actor, params.id);
      },
    );
  };
}

function dispatchRoutes(needs: ReleaseNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/payout-dispatches/:id/file",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "The payment file of a dispatch",
          params: ById,
          response: { 200: z.any().describe("the file as the bank takes it") },
        },
      },
      async ({ ctx, actor, params, headers }, reply) => {
        // Fetching has an effect, so it is not done for another site's page.
        const site = headers["sec-fetch-site"];
        if (site !== undefined && site !== "same-origin" && site !== "none")
          throw new Refusal("forbidden", "This file was asked for by another site's page.");
        const file = await fetchFile(ctx, actor, params.id, needs.vault);
        return reply
          .header("content-disposition", `attachment; filename="${file.name.replaceAll(/[^\w.-]/g, "_")}"`)
          .header("cache-control", "no-store")
          .type(file.mediaType)
          .send(Buffer.from(file.bytes));
      },
    );
    for (const [path, giveUp, summary] of [
      ["retry", false, "Try a failed dispatch again under the same keys"],
      ["give-up", true, "Give up a failed dispatch: its payouts are owed again"],
    ] as const) {
      app.post(
        `/v1/payout-dispatches/:id/${path}`,
        { config: giveUp ? APPROVE : WRITE, schema: { tags, summary, params: ById, response: batch } },
        async ({ ctx, actor, params }) => getBatch(ctx, actor, await answerFailure(ctx, actor, params.id, giveUp)),
      );
    }
  };
}

function payoutRoutes(needs: ReleaseNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/payouts",
      {
        config: { permission: "payouts.read", audience: "both" },
        schema: { tags, summary: "Payouts, the newest first", querystring: PayoutQuery, response: { 200: PayoutPage } },
      },
      async (request) => wirePage(await listPayouts(request.ctx, request.actor, request.query)),
    );
    app.get(
      "/v1/payouts/:id",
      {
        config: { permission: "payouts.read", audience: "both" },
        schema: {
          tags,
          summary: "Read a payout: what it pays, and what became of it",
          params: ById,
          response: { 200: PayoutDetail },
        },
      },
      ({ ctx, actor, params }) => getPayout(ctx, actor, params.id),
    );
    app.post(
      "/v1/payouts/:id/status",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Note what a bank told by word or letter",
          params: ById,
          body: PayoutTold,
          response: { 200: PayoutDetail },
        },
      },
      async ({ ctx, actor, params, body }) => {
        await tellByHand(ctx, actor, params.id, body.state, body.reason);
        return await getPayout(ctx, actor, params.id);
      },
    );
    app.post(
      "/v1/payouts/:id/reissue",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Prepare a batch that pays anew what came back",
          params: ById,
          body: NewPayoutBatch.pick({ executionDate: true }),
          response: { 201: PayoutBatch },
        },
      },
      async ({ ctx, actor, params, body }, reply) => {
        const id = await reissuePayout(ctx, actor, params.id, body.executionDate, needs);
        return reply.code(201).send(await getBatch(ctx, actor, id));
      },
    );
  };
}
