import { type NewAdjustment, NewAdjustment as NewAdjustmentSchema } from "@tributary/contract";
import type { z } from "zod";
import type { Context } from "../../database/index.ts";
import { parseCurrency } from "../../kernel/money.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { partnersByIds } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import { allReasons, type ReasonRow } from "../store/adjustment-reasons.ts";
import { adjustmentRow, releaseOfReserve } from "../store/adjustments.ts";

export type CheckedAdjustment = z.output<typeof NewAdjustmentSchema>;

/** Kinds that a program's expense stands behind. */
const OF_A_PROGRAM: ReadonlySet<string> = new Set(["correction", "bonus"]);
const POSITIVE: ReadonlySet<string> = new Set(["set_off", "reserve", "reserve_release", "bonus"]);

export async function reasonsByCode(ctx: Context): Promise<ReadonlyMap<string, ReasonRow>> {
  return new Map((await allReasons(ctx.db)).map((row) => [row.code, row]));
}

/**
 * Whether this could be booked as it stands, whoever proposes it.
 * @throws Refusal naming the first field that is wrong
 */
export async function checkNew(
  ctx: Context,
  given: NewAdjustment,
  reasons: ReadonlyMap<string, ReasonRow>,
): Promise<CheckedAdjustment> {
  const input = NewAdjustmentSchema.parse(given);
  const amount = BigInt(input.amount);
  if (amount === 0n) throw invalid("amount", input.amount, "is zero");
  if (amount < 0n && POSITIVE.has(input.kind)) throw invalid("amount", input.amount, "has to be above zero");
  if (parseCurrency(input.currency) === undefined) throw invalid("currency", input.currency, "is no ISO 4217 currency");
  if (input.effectiveTo !== null && input.effectiveTo < input.month)
    throw invalid("effectiveTo", input.effectiveTo, "lies before the month");
  checkReason(input, reasons.get(input.reasonCode));
  await checkPlace(ctx, input);
  if (input.kind === "reserve_release") await checkReserve(ctx, input);
  return input;
}

function checkReason(input: CheckedAdjustment, reason: ReasonRow | undefined): void {
  if (reason === undefined || !reason.active)
    throw invalid("reasonCode", input.reasonCode, "is not in the catalogue of reasons");
  const kind = input.kind === "reserve_release" ? "reserve" : input.kind;
  if (!reason.kinds.includes(kind)) throw invalid("reasonCode", input.reasonCode, `is no reason for a ${input.kind}`);
  if (reason.needs_evidence && input.evidence.length === 0)
    throw invalid("evidence", "", "is missing", "This reason asks for a link, a reference to a file, or a note.");
}

async function checkPlace(ctx: Context, input: CheckedAdjustment): Promise<void> {
  if (OF_A_PROGRAM.has(input.kind) !== (input.programId !== null))
    throw invalid(
      "programId",
      input.programId ?? "",
      input.programId === null ? "is missing" : `has no meaning for a ${input.kind}`,
    );
  if (input.programId !== null && (await programById(ctx.db, input.programId)) === undefined)
    throw notFound("program", input.programId);
  if ((input.kind === "set_off") !== (input.otherPartnerId !== null) || input.otherPartnerId === input.partnerId)
    throw invalid("otherPartnerId", input.otherPartnerId ?? "", "names whose debt a set-off meets, and nothing else");
  const named = [input.partnerId, ...(input.otherPartnerId === null ? [] : [input.otherPartnerId])];
  const known = new Set((await partnersByIds(ctx.db, named)).map((one) => one.partnerId));
  const missing = named.find((id) => !known.has(id));
  if (missing !== undefined) throw notFound("partner", missing);
}

async function checkReserve(ctx: Context, input: CheckedAdjustment): Promise<void> {
  const reserve = input.ofId === null ? undefined : await adjustmentRow(ctx.db, input.ofId);
  if (reserve?.kind !== "reserve" || reserve.partner_id !== input.partnerId)
    throw invalid("ofId", input.ofId ?? "", "is no reserve of this partner");
  if (reserve.status !== "approved")
    throw new Refusal("wrong_state", "This reserve was not approved: there is nothing to give back.");
  if (reserve.amount_minor !== BigInt(input.amount) || reserve.currency !== input.currency)
    throw invalid("amount", input.amount, `is not what is kept: ${reserve.amount_minor} ${reserve.currency}`);
  if ((await releaseOfReserve(ctx.db, reserve.adjustment_id)) !== undefined)
    throw new Refusal("wrong_state", "The release of this reserve was asked for already.");
}
