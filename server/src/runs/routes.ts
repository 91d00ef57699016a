import {
  NewRun,
  NewRunDelegation,
  PageQuery,
  Run,
  RunApproval,
  RunApproved,
  RunComparison,
  RunComparisonQuery,
  RunDelegation,
  RunDelegationPage,
  RunDetail,
  RunItemAnswer,
  RunItemDetail,
  RunItemPage,
  RunItemQuery,
  RunLineChangePage,
  RunMove,
  RunPage,
  RunQuery,
  RunReopen,
  RunSendBack,
  RunSettings,
  RunSettingsChange,
  RunSettingsPage,
  RunSnapshot,
  RunWaitingPage,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import { answerItems, approveItems } from "./approvals.ts";
import { compareAttempts, listLineChanges } from "./compare.ts";
import { delegate, endDelegation, listDelegations } from "./delegations.ts";
import { answerReopening, askFor, askToReopen, cancelRun, closeRun, openRun, repeatRun, sendBack } from "./moves.ts";
import type { RunNeeds } from "./needs.ts";
import { getItem, getRun, getSnapshot, listItems, listRuns, listWaiting } from "./reading.ts";
import { getSettings, listSettings, saveSettings } from "./settings.ts";

const READ = { permission: "runs.read", audience: "operator" } as const;
const WRITE = { permission: "runs.write", audience: "operator" } as const;
const APPROVE = { permission: "runs.approve", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const ByItem = ById.extend({ partnerId: z.string().max(60), currency: z.string().regex(/^[A-Z]{3}$/) });
const tags = ["runs"];

/** The commission run: from the freeze to the payment, with who approves what. */
export function runsRoutes(needs: RunNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(settings);
    await app.register(delegations(needs));
    await app.register(reading(needs));
    await app.register(comparing);
    await app.register(moving(needs));
    await app.register(ending(needs));
    await app.register(approvals(needs));
  };
}

const settings: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/runs/settings",
    {
      config: READ,
      schema: {
        tags,
        summary: "Schedules, calendar, thresholds and the approval matrix",
        response: { 200: RunSettings },
      },
    },
    (request) => getSettings(request.ctx, request.actor),
  );
  app.put(
    "/v1/runs/settings",
    {
      config: { permission: "settings.write", audience: "operator" },
      schema: {
        tags,
        summary: "Write the next version of the settings; open runs go on by theirs",
        body: RunSettingsChange,
        response: { 200: RunSettings },
      },
    },
    (request) => saveSettings(request.ctx, request.actor, request.body),
  );
  app.get(
    "/v1/runs/settings/versions",
    {
      config: READ,
      schema: {
        tags,
        summary: "Versions of the settings, the newest first",
        querystring: PageQuery,
        response: { 200: RunSettingsPage },
      },
    },
    async (request) => wirePage(await listSettings(request.ctx, request.actor, request.query)),
  );
};

function delegations(needs: RunNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/runs/delegations",
      {
        config: READ,
        schema: {
          tags,
          summary: "Who stands in for whom",
          querystring: PageQuery,
          response: { 200: RunDelegationPage },
        },
      },
      async (request) => wirePage(await listDelegations(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/runs/delegations",
      {
        config: READ,
        schema: {
          tags,
          summary: "Let somebody approve in your place for some days",
          body: NewRunDelegation,
          response: { 201: RunDelegation },
        },
      },
      async (request, reply) => reply.code(201).send(await delegate(request.ctx, request.actor, request.body, needs)),
    );
    app.post(
      "/v1/runs/delegations/:id/end",
      {
        config: READ,
        schema: {
          tags,
          summary: "End it now; what was approved by it stands",
          params: ById,
          response: { 200: RunDelegation },
        },
      },
      (request) => endDelegation(request.ctx, request.actor, request.params.id),
    );
  };
}

function reading(needs: RunNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/runs",
      {
        config: READ,
        schema: {
          tags,
          summary: "Commission runs, the latest period first",
          querystring: RunQuery,
          response: { 200: RunPage },
        },
      },
      (request) => listRuns(request.ctx, request.actor, request.query),
    );
    app.get(
      "/v1/runs/waiting",
      {
        config: READ,
        schema: { tags, summary: "Runs in which you have something to approve", response: { 200: RunWaitingPage } },
      },
      async (request) => ({ data: [...(await listWaiting(request.ctx, request.actor, needs))], nextCursor: null }),
    );
    app.get(
      "/v1/runs/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "A run: where it stands, what blocks it, who must act until when",
          params: ById,
          response: { 200: RunDetail },
        },
      },
      (request) => getRun(request.ctx, request.actor, request.params.id, needs),
    );
    await app.register(readingItems(needs));
  };
}

function readingItems(needs: RunNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/runs/:id/items",
      {
        config: READ,
        schema: {
          tags,
          summary: "Partners' amounts in the run, with what should be seen",
          params: ById,
          querystring: RunItemQuery,
          response: { 200: RunItemPage },
        },
      },
      async (request) => wirePage(await listItems(request.ctx, request.actor, request.params.id, request.query, needs)),
    );
    app.get(
      "/v1/runs/:id/items/:partnerId/:currency",
      {
        config: READ,
        schema: {
          tags,
          summary: "One partner's amount: what it is made of, and every word about it",
          params: ByItem,
          response: { 200: RunItemDetail },
        },
      },
      (request) => getItem(request.ctx, request.actor, request.params.id, request.params, needs),
    );
    app.get(
      "/v1/runs/:id/snapshot",
      {
        config: READ,
        schema: {
          tags,
          summary: "What the inputs were when it was frozen, with control totals per feed and day, and what came since",
          params: ById,
          querystring: z.object({ attempt: z.coerce.number().int().min(1).optional() }),
          response: { 200: RunSnapshot },
        },
      },
      (request) => getSnapshot(request.ctx, request.actor, request.params.id, request.query.attempt ?? null, needs),
    );
  };
}

const comparing: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/runs/:id/comparison",
    {
      config: READ,
      schema: {
        tags,
        summary: "How two calculations of the run differ, per partner",
        params: ById,
        querystring: RunComparisonQuery,
        response: { 200: RunComparison },
      },
    },
    (request) => compareAttempts(request.ctx, request.actor, request.params.id, request.query),
  );
  app.get(
    "/v1/runs/:id/comparison/lines",
    {
      config: READ,
      schema: {
        tags,
        summary: "The lines that changed between two calculations, and why",
        params: ById,
        querystring: RunComparisonQuery,
        response: { 200: RunLineChangePage },
      },
    },
    async (request) => wirePage(await listLineChanges(request.ctx, request.actor, request.params.id, request.query)),
  );
};

function moving(needs: RunNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/runs",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Open an early or off-cycle run, or a period of a schedule",
          body: NewRun,
          response: { 201: RunDetail },
        },
      },
      async (request, reply) => {
        const id = await openRun(request.ctx, request.actor, request.body);
        return reply.code(201).send(await getRun(request.ctx, request.actor, id, needs));
      },
    );
    for (const [step, summary] of STEPS)
      app.post(
        `/v1/runs/:id/${step}`,
        { config: WRITE, schema: { tags, summary, params: ById, body: RunMove, response: { 200: RunDetail } } },
        async (request) => {
          await askFor(request.ctx, request.actor, request.params.id, step, request.body, needs);
          return await getRun(request.ctx, request.actor, request.params.id, needs);
        },
      );
    app.post(
      "/v1/runs/:id/repeat",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Calculate it again from a new snapshot; the calculations before stay",
          params: ById,
          body: RunMove,
          response: { 200: RunDetail },
        },
      },
      async (request) => {
        await repeatRun(request.ctx, request.actor, request.params.id, request.body);
        return await getRun(request.ctx, request.actor, request.params.id, needs);
      },
    );
  };
}

const STEPS = [
  ["freeze", "Take the statements of the period in, and write down what the inputs are"],
  ["calculate", "Calculate what is due and look at every partner"],
  ["validate", "Close the statements: from now on their figures stand"],
] as const;

function ending(needs: RunNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    const post = <B extends z.ZodType>(
      path: string,
      summary: string,
      body: B,
      config: typeof READ | typeof WRITE | typeof APPROVE,
    ) => ({
      path: `/v1/runs/:id/${path}`,
      options: { config, schema: { tags, summary, params: ById, body, response: { 200: RunDetail } } },
    });
    const back = post("send-back", "Send it back with a comment; approvals after that state fall", RunSendBack, READ);
    app.post(back.path, back.options, async (request) => {
      await sendBack(request.ctx, request.actor, request.params.id, request.body);
      return await getRun(request.ctx, request.actor, request.params.id, needs);
    });
    const cancel = post("cancel", "Give it up before it has closed a statement", RunMove, WRITE);
    app.post(cancel.path, cancel.options, async (request) => {
      await cancelRun(request.ctx, request.actor, request.params.id, request.body);
      return await getRun(request.ctx, request.actor, request.params.id, needs);
    });
    const close = post("close", "Close it: everything is paid", RunMove, WRITE);
    app.post(close.path, close.options, async (request) => {
      await closeRun(request.ctx, request.actor, request.params.id, request.body);
      return await getRun(request.ctx, request.actor, request.params.id, needs);
    });
    const reopen = post("reopen", "Ask for a closed run to be opened again", RunReopen, WRITE);
    app.post(reopen.path, reopen.options, async (request) => {
      await askToReopen(request.ctx, request.actor, request.params.id, request.body);
      return await getRun(request.ctx, request.actor, request.params.id, needs);
    });
    for (const [path, agreed, summary] of ANSWERS) {
      const answer = post(path, summary, RunMove, APPROVE);
      app.post(answer.path, answer.options, async (request) => {
        await answerReopening(request.ctx, request.actor, request.params.id, request.body, agreed);
        return await getRun(request.ctx, request.actor, request.params.id, needs);
      });
    }
  };
}

const ANSWERS = [
  ["reopen/confirm", true, "Sign that it is opened again"],
  ["reopen/decline", false, "Refuse to open it again"],
] as const;

function approvals(needs: RunNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/runs/:id/approvals",
      {
        config: READ,
        schema: {
          tags,
          summary: "Approve partners' amounts: those named, or all that are clean and yours to approve",
          params: ById,
          body: RunApproval,
          response: { 200: RunApproved },
        },
      },
      async (request) => {
        const done = await approveItems(request.ctx, request.actor, request.params.id, request.body, needs);
        const run = Run.parse(await getRun(request.ctx, request.actor, request.params.id, needs));
        return { approved: done.approved, refused: done.refused.map((one) => ({ ...one })), run };
      },
    );
    app.post(
      "/v1/runs/:id/answers",
      {
        config: READ,
        schema: {
          tags,
          summary: "Send partners back, leave them out, or take them in again",
          params: ById,
          body: RunItemAnswer,
          response: { 200: RunDetail },
        },
      },
      async (request) => {
        await answerItems(request.ctx, request.actor, request.params.id, request.body);
        return await getRun(request.ctx, request.actor, request.params.id, needs);
      },
    );
  };
}
