import { DomainCheck } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Actor, requirePermission } from "../../access/index.ts";
import "../../access/http.ts";
import type { Context } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { notFound } from "../../kernel/refusals.ts";
import { programById } from "../../programs/index.ts";
import { checkDomain, type DomainNetwork } from "./check.ts";
import { realNetwork } from "./network.ts";

/** What checking hosts needs from above. */
export interface DomainNeeds {
  /** where the deployment answers */
  readonly publicUrl: string;
  readonly network?: DomainNetwork;
}

/** Do programs' own hosts for links work? */
export function domainsRoutes(needs: DomainNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/programs/:id/domain-check",
      {
        config: { permission: "programs.write", audience: "operator" },
        schema: {
          tags: ["programs"],
          summary: "Check the program's own host for links: its name, address, connection and certificate",
          params: z.object({ id: z.string() }),
          response: { 200: DomainCheck },
        },
      },
      (request) => checkProgramDomain(request.ctx, request.actor, request.params.id, needs),
    );
  };
}

async function checkProgramDomain(ctx: Context, actor: Actor, id: string, needs: DomainNeeds) {
  const program = await programById(ctx.db, id);
  if (program === undefined) throw notFound("program", id);
  requirePermission(actor, "programs.write", { programId: id, ownerUserId: program.ownerUserId });
  if (program.trackingDomain === null)
    throw new Refusal("wrong_state", "The program has no host of its own for links: enter one first.");
  const ours = new URL(needs.publicUrl).hostname;
  return await checkDomain(program.trackingDomain, ours, needs.network ?? realNetwork, ctx.clock.now());
}
