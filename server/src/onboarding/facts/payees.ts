import type { Context } from "../../database/index.ts";
import { dayOf } from "../../kernel/period.ts";
import { type PayeeFacts, payeeBlocks, payeeDetails, payeesOf } from "../../payees/index.ts";
import type { FactDefinition, Subject } from "../../procedures/index.ts";
import { fails, holds, partnerOf, seen } from "./answer.ts";

async function payeesFor(ctx: Context, subject: Subject): Promise<readonly PayeeFacts[]> {
  const serving = await payeesOf(ctx, [partnerOf(subject)], dayOf(ctx.clock.now(), "UTC"));
  const own = serving.filter((one) => one.programId === subject.programId);
  const chosen = own.length > 0 ? own : serving.filter((one) => one.programId === null || subject.programId === null);
  const details = await payeeDetails(
    ctx,
    chosen.map((one) => one.payeeId),
  );
  return [...details.values()];
}

const payeeSeen = (payee: PayeeFacts) => seen("payee", payee.payeeId, payee.legalName, `/payees/${payee.payeeId}`);

const UNPAID = "Nobody is named who is paid for this partner.";

/** Screening and restrictions have facts of their own; a detail that cools off is verified, it only waits. */
const NOT_MINE: ReadonlySet<string> = new Set(["screening", "partner_restricted", "cooling_off", "held"]);
const TAX: ReadonlySet<string> = new Set([
  "tax_undecided",
  "tax_form_missing",
  "tax_form_expired",
  "self_billing_missing",
]);

async function verified(ctx: Context, subject: Subject) {
  const payees = await payeesFor(ctx, subject);
  if (payees.length === 0) return fails("payee.none", UNPAID);
  const evidence = payees.map(payeeSeen);
  const blocks = await payeeBlocks(
    ctx,
    payees.map((one) => one.payeeId),
  );
  const block = blocks.find((one) => !NOT_MINE.has(one.code) && !TAX.has(one.code));
  if (block !== undefined) return fails(`payee.${block.code}`, block.sentence, { evidence, until: null });
  const open = payees.find((one) => one.terms.threshold === null && one.terms.payoutCurrency === null);
  if (open !== undefined)
    return fails("payee.terms_open", `Currency and threshold of ${open.legalName} are not decided.`, {
      values: { payee: open.legalName },
      evidence,
    });
  return holds(
    "payee.verified",
    "Two people approved who is paid, where to, in which currency and from which amount.",
    {
      evidence,
    },
  );
}

async function taxKnown(ctx: Context, subject: Subject) {
  const payees = await payeesFor(ctx, subject);
  if (payees.length === 0) return fails("payee.none", UNPAID);
  const evidence = payees.map(payeeSeen);
  const blocks = await payeeBlocks(
    ctx,
    payees.map((one) => one.payeeId),
  );
  const block = blocks.find((one) => TAX.has(one.code));
  if (block !== undefined) return fails(`payee.${block.code}`, block.sentence, { evidence });
  return holds("payee.tax_known", "Tax status and the way of invoicing are decided.", { evidence });
}

export const payeeFacts: readonly FactDefinition[] = [
  {
    fact: "payee.verified",
    title: "Who is paid is verified, with currency and threshold",
    parameters: [],
    answer: verified,
  },
  { fact: "payee.tax_known", title: "Tax status and invoicing are decided", parameters: [], answer: taxKnown },
];
