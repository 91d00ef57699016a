import { Statement, StatementPage, StatementPayment, StatementQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { closeStatement, getStatement, listStatements, payStatement } from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["statements"];
const read = { permission: "statements.read", audience: "both" } as const;

/** Statements: read by both sides, closed by one of the operator's people and marked paid by another. */
export function statementsRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/statements",
      {
        config: read,
        schema: {
          tags,
          summary: "Statements, the newest month first",
          querystring: StatementQuery,
          response: { 200: StatementPage },
        },
      },
      async (request) => {
        const { rows, nextCursor } = await listStatements(request.ctx, request.actor, request.query);
        return { data: [...rows], nextCursor };
      },
    );
    app.get(
      "/v1/statements/:id",
      { config: read, schema: { tags, summary: "One statement", params: Id, response: { 200: Statement } } },
      (request) => getStatement(request.ctx, request.actor, request.params.id),
    );
    app.post(
      "/v1/statements/:id/close",
      {
        config: { permission: "statements.approve", audience: "operator" },
        schema: { tags, summary: "Close a month: its content is frozen", params: Id, response: { 200: Statement } },
      },
      (request) => closeStatement(request.ctx, request.actor, request.params.id),
    );
    app.post(
      "/v1/statements/:id/pay",
      {
        config: { permission: "statements.write", audience: "operator" },
        schema: {
          tags,
          summary: "Mark it paid; not by whoever closed it",
          params: Id,
          body: StatementPayment,
          response: { 200: Statement },
        },
      },
      (request) => payStatement(request.ctx, request.actor, request.params.id, request.body),
    );
  };
}
