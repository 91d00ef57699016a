import {
  LedgerAccountPage,
  LedgerAccountQuery,
  LedgerBalances,
  LedgerTransferPage,
  LedgerTransferQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Actor, RecordReach } from "../access/index.ts";
import "../access/http.ts";
import type { Context } from "../database/index.ts";
import { listAccounts, listTransfers, trialBalance } from "./reading.ts";

const tags = ["ledger"];
const read = { permission: "ledger.read", audience: "operator" } as const;

/** @param around.reachOf resolves what of the ledger somebody may see: this room stands below the one that knows partners */
export function ledgerRoutes(around: {
  readonly reachOf: (ctx: Context, actor: Actor, permission: "ledger.read") => Promise<RecordReach>;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/ledger/accounts",
      {
        config: read,
        schema: {
          tags,
          summary: "Accounts with balances",
          querystring: LedgerAccountQuery,
          response: { 200: LedgerAccountPage },
        },
      },
      async (request) => {
        const within = await around.reachOf(request.ctx, request.actor, "ledger.read");
        const { rows, nextCursor } = await listAccounts(request.ctx, within, request.query);
        return { data: [...rows], nextCursor };
      },
    );
    app.get(
      "/v1/ledger/transfers",
      {
        config: read,
        schema: {
          tags,
          summary: "Transfers, the newest first",
          querystring: LedgerTransferQuery,
          response: { 200: LedgerTransferPage },
        },
      },
      async (request) => {
        const within = await around.reachOf(request.ctx, request.actor, "ledger.read");
        const { rows, nextCursor } = await listTransfers(request.ctx, within, request.query);
        return { data: [...rows], nextCursor };
      },
    );
    app.get(
      "/v1/ledger/balances",
      { config: read, schema: { tags, summary: "Trial balance", response: { 200: LedgerBalances } } },
      async (request) => {
        const within = await around.reachOf(request.ctx, request.actor, "ledger.read");
        return { data: await trialBalance(request.ctx, within) };
      },
    );
  };
}

export { accountingRoutes } from "./accounting-routes.ts";
