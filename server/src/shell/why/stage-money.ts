import type { CustomerCommission, Line, Statement, WhyStep } from "@tributary/contract";
import type { CustomerFacts } from "../../attribution/index.ts";
import { explainCustomer } from "../../commissions/index.ts";
import { publicNumber } from "../../kernel/ids.ts";
import { formatMoney, money } from "../../kernel/money.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { listStatements } from "../../statements/index.ts";
import { type Asking, type Facts, type Known, step } from "./step.ts";
import type { WhyLanguage } from "./text-table.ts";

/** Qualification, commission, statement and payment of the customer. */
export async function moneySteps(asking: Asking, { customer, event }: Known): Promise<readonly WhyStep[]> {
  const { ctx, actor, language } = asking;
  const stages = ["qualification", "commission", "statement", "payment"] as const;
  if (customer === undefined) return stages.map((stage) => step(language, stage, "unknown", "not_reached"));
  try {
    const id = publicNumber("cus", customer.customerId);
    const earned = await explainCustomer(ctx, actor, id, language);
    const line = newest(earned.lines);
    const statement = line === undefined ? undefined : await statementOf(asking, line);
    return [
      earned.components.length === 0
        ? await withoutConditions(asking, customer, earned.lines.length > 0)
        : qualification(earned, language),
      commission(earned, line, event?.reason ?? "", language),
      statementStep(line, statement, language),
      paymentStep(statement, language),
    ];
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== "not_found" && error.code !== "forbidden")) throw error;
    return stages.map((stage) => step(language, stage, "unknown", "not_visible"));
  }
}

/** The line that says most: one that is worth something, the latest. */
function newest(lines: readonly Line[]): Line | undefined {
  const latest = [...lines].sort((a, b) => (a.calculatedAt < b.calculatedAt ? 1 : -1));
  return latest.find((line) => line.amount !== "0") ?? latest[0];
}

function qualification(earned: CustomerCommission, language: WhyLanguage): WhyStep {
  const missing = earned.components.filter((one) => one.qualifiedOn === null);
  const facts = earned.components.flatMap(
    (one): Facts =>
      one.steps.map((condition) => ({
        name: `${one.component}: ${condition.name}`,
        value: [condition.arithmetic ?? "", condition.held === undefined ? "" : condition.held ? "✓" : "✗"]
          .filter((part) => part !== "")
          .join(" "),
      })),
  );
  const met = missing.length < earned.components.length;
  return step(language, "qualification", met ? "ok" : "waiting", met ? "qualified" : "conditions_missing", { facts });
}

/** Shares of revenue have no condition on a customer, and their lines are of a whole month: only the agreement itself says whether there are terms. */
async function withoutConditions(
  { ctx, look, language }: Asking,
  { partnerId, programId }: CustomerFacts,
  hasLines: boolean,
): Promise<WhyStep> {
  const today = ctx.clock.now().toISOString().slice(0, 10);
  return hasLines || (partnerId !== null && (await look.hasTerms(partnerId, programId, today)))
    ? step(language, "qualification", "ok", "no_conditions")
    : step(language, "qualification", "waiting", "no_terms");
}

const HOLDS: Readonly<Record<string, string>> = {
  gate: "held_gate",
  cap: "held_cap",
  event: "held_event",
  jurisdiction: "held_jurisdiction",
};

function commission(
  earned: CustomerCommission,
  line: Line | undefined,
  eventReason: string,
  language: WhyLanguage,
): WhyStep {
  if (line === undefined && eventReason === "cap_stop") return step(language, "commission", "stopped", eventReason);
  if (line === undefined && eventReason === "cap_pend") return step(language, "commission", "waiting", eventReason);
  if (line === undefined) {
    const waits = earned.components.some((one) => one.qualifiedOn === null);
    return step(language, "commission", waits ? "unknown" : "waiting", waits ? "not_reached" : "nothing_booked");
  }
  const at = new Date(line.calculatedAt);
  const facts = earned.lines.map((one) => ({
    name: one.component,
    value: formatMoney(money(BigInt(one.amount), one.currency)),
  }));
  const more = { at, facts, refs: earned.lines.map((one) => ({ kind: "line", id: one.id })) };
  if (line.amount === "0") return step(language, "commission", "stopped", "taken_back", more);
  if (line.heldBy !== null) {
    return step(language, "commission", "waiting", HOLDS[line.heldBy] ?? "held_gate", more);
  }
  if (line.heldUntil === null) return step(language, "commission", "ok", "booked", more);
  const until = { name: "held_until", value: line.heldUntil };
  return step(language, "commission", "ok", "held_until", { ...more, facts: [...facts, until] });
}

async function statementOf({ ctx, actor }: Asking, line: Line): Promise<Statement | undefined> {
  const { partnerId, currency, bookedMonth: month } = line;
  const { rows } = await listStatements(ctx, actor, { partnerId, currency, month, limit: 1 });
  return rows[0];
}

function statementStep(line: Line | undefined, statement: Statement | undefined, language: WhyLanguage): WhyStep {
  if (line === undefined) return step(language, "statement", "unknown", "not_reached");
  const facts = [{ name: "month", value: line.bookedMonth }];
  if (statement === undefined) return step(language, "statement", "waiting", "no_statement", { facts });
  const refs = [{ kind: "statement", id: statement.id }];
  const open = statement.status === "open";
  const code = open ? "statement_open" : "statement_closed";
  return step(language, "statement", open ? "waiting" : "ok", code, { facts, refs });
}

function paymentStep(statement: Statement | undefined, language: WhyLanguage): WhyStep {
  if (statement === undefined) return step(language, "payment", "unknown", "not_reached");
  if (statement.status === "open") return step(language, "payment", "unknown", "not_closed");
  if (statement.status === "closed") return step(language, "payment", "waiting", "to_pay");
  const facts = statement.paymentReference === null ? [] : [{ name: "reference", value: statement.paymentReference }];
  return step(language, "payment", "ok", "paid", {
    at: statement.paidAt === null ? null : new Date(statement.paidAt),
    facts,
  });
}
