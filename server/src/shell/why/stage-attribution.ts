import type { WhyStep } from "@tributary/contract";
import { type CustomerFacts, explainAttribution, FATE_REASONS } from "../../attribution/index.ts";
import { publicNumber } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { customerSurroundings } from "../customers.ts";
import { type Asking, type Facts, type Known, step } from "./step.ts";

type Explanation = Awaited<ReturnType<typeof explainAttribution>>;

/** Whose the customer is, with every candidate and why it lost; of a customer that is not the asker's only that. */
export async function attributionStep(asking: Asking, known: Known): Promise<WhyStep> {
  const { customer, event } = known;
  const { language } = asking;
  if (customer === undefined) return step(language, "attribution", "unknown", "no_customer");
  const explained = await explanationOf(asking, customer);
  if (explained === undefined) return unseen(asking, known, customer);
  const [decision] = explained.decisions;
  const facts = (decision?.candidates ?? []).map((candidate) => ({
    name: `${candidate.kind} ${candidate.ref ?? "…"}`,
    value: candidate.won ? `✓ ${candidate.reason}` : candidate.reason,
  }));
  const refs = [{ kind: "customer", id: explained.customer.id }];
  const told = decision?.decidedAt ?? explained.customer.firstSeenAt;
  const at = told === null ? null : new Date(told);
  const ended = event?.fate === "unattributed" && event.reason !== null && event.reason in FATE_REASONS;
  if (ended) return step(language, "attribution", "stopped", event.reason ?? "", { at, facts, refs });
  const nobodys = explained.customer.partnerId === null;
  return step(language, "attribution", nobodys ? "stopped" : "ok", explained.customer.reason, { at, facts, refs });
}

async function explanationOf({ ctx, actor }: Asking, customer: CustomerFacts): Promise<Explanation | undefined> {
  try {
    return await explainAttribution(ctx, actor, publicNumber("cus", customer.customerId), customerSurroundings);
  } catch (error) {
    if (error instanceof Refusal && (error.code === "not_found" || error.code === "forbidden")) return undefined;
    throw error;
  }
}

/**
 * A partner asks about its own click or event, and the customer is not its own. Nobody's: the event's own reason says why, which is about this
 * partner's touch. Another's: that much is said, and nothing of the other.
 */
function unseen({ language, actor }: Asking, { event, click }: Known, customer: CustomerFacts): WhyStep {
  if (customer.partnerId !== null && actor.partnerId !== undefined) {
    return step(language, "attribution", "stopped", "other_partner");
  }
  if (event?.fate !== "unattributed" || event.reason === null) {
    return step(language, "attribution", "unknown", "not_visible");
  }
  const facts: Facts = click === undefined ? [] : [{ name: `click ${click.id}`, value: event.reason }];
  return step(language, "attribution", "stopped", event.reason, { facts });
}
