import type { CustomerCommission, PlanLanguage } from "@tributary/contract";
import { type Actor, can, isWithin } from "../access/index.ts";
import { customerById } from "../attribution/index.ts";
import type { Context } from "../database/index.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { Exchange } from "./core/exchange.ts";
import { tryConditions } from "./core/qualified.ts";
import { renderSteps } from "./core/render-working.ts";
import { BEGINNING, loadPairs } from "./load.ts";
import { linePage } from "./store/reading.ts";
import { lineWire } from "./wire.ts";

/**
 * What a customer has earned its partner so far and, where nothing was earned, which condition is missing and by how much.
 * @throws Refusal `not_found` also for a customer of somebody else
 */
export async function explainCustomer(
  ctx: Context,
  actor: Actor,
  customerId: string,
  language: PlanLanguage,
): Promise<CustomerCommission> {
  const number = parsePublicNumber("cus", customerId);
  const customer = number === undefined ? undefined : await customerById(ctx.db, number);
  const within = await reachOf(ctx, actor, "statements.read");
  if (customer === undefined || !can(actor, "statements.read") || !isWithin(within, customer))
    throw notFound("customer", customerId);
  const { partnerId, programId } = customer;
  const lines = await linePage(ctx.db, within, { customerId: customer.customerId, latest: true }, { limit: 100 });
  const answer = { customerId: publicNumber("cus", customer.customerId), partnerId, lines: lines.rows.map(lineWire) };
  if (partnerId === null) return { ...answer, components: [] };
  const options = { onlyCustomer: customer.customerId };
  const [pair] = await loadPairs(ctx.db, [{ partnerId, programId, from: BEGINNING }], options);
  const calculation = pair?.calculation;
  const facts = calculation?.facts.customers[0];
  if (calculation === undefined || facts === undefined) return { ...answer, components: [] };
  const { terms, rates } = calculation;
  const components = terms.flatMap((one) =>
    one.plan.components.flatMap((component) => {
      if (component.model !== "cpa" && component.model !== "cpl") return [];
      const exchange = new Exchange(one.plan, rates, {});
      const { qualifiedOn, steps } = tryConditions(
        component,
        one,
        facts,
        exchange,
        calculation.facts.partnerAttributes,
      );
      return [
        {
          agreementVersionId: one.agreementVersionId,
          version: one.version,
          component: component.code,
          qualifiedOn,
          steps: renderSteps(steps, one.plan.currency, language),
        },
      ];
    }),
  );
  return { ...answer, components };
}
