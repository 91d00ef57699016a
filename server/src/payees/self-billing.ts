import { createHash } from "node:crypto";
import type { Payee, PayeeLanguage, SelfBillingAcceptance, SelfBillingTerms } from "@tributary/contract";
import { type Actor, can, personOf, userEmails } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { isSignatory } from "../partners/index.ts";
import { selfBillingText } from "./core/self-billing-text.ts";
import { changeablePayee, readablePayee } from "./reach.ts";
import { getPayee } from "./service.ts";
import { endSelfBilling, insertSelfBillings, selfBillingOf } from "./store/matters.ts";

/** What a payee agrees to when the operator writes its invoices, with the hash that the acceptance names. */
export async function selfBillingTerms(
  ctx: Context,
  actor: Actor,
  payeeId: string,
  language: PayeeLanguage,
): Promise<SelfBillingTerms> {
  const payee = await readablePayee(ctx, actor, payeeId);
  const text = selfBillingText(payee.legal_name, language);
  return { language, text, textHash: hashOf(text) };
}

/**
 * The payee agrees: its signatory in the portal, or the operator records a paper.
 * @throws Refusal `conflict` when the text is not the one that was read, `not_signatory`, `wrong_state`
 */
export async function acceptSelfBilling(
  ctx: Context,
  actor: Actor,
  payeeId: string,
  input: SelfBillingAcceptance,
  address: string,
): Promise<Payee> {
  return await transact(ctx, async (tx) => {
    await readablePayee(tx, actor, payeeId);
    const payee = await changeablePayee(tx, actor, "payees.write", payeeId);
    await refuseOthers(tx, actor);
    const text = selfBillingText(payee.legal_name, input.language);
    if (hashOf(text) !== input.textHash)
      throw new Refusal("conflict", "The text has changed since it was read: read it again.");
    if ((await selfBillingOf(tx.db, [payeeId])).length > 0)
      throw new Refusal("wrong_state", "It has been accepted already.");
    await insertSelfBillings(tx.db, [
      {
        self_billing_id: tx.ids.next("sbl"),
        payee_id: payeeId,
        language: input.language,
        terms_text: text,
        text_hash: input.textHash,
        accepted_by: personOf(actor),
        accepted_name: input.name,
        accepted_at: tx.clock.now(),
        accepted_address: actor.partnerId === undefined ? "" : address,
        on_paper: actor.partnerId === undefined,
      },
    ]);
    const after = { textHash: input.textHash, name: input.name, onPaper: actor.partnerId === undefined };
    await note(tx, actor, "payees.self_billing_accepted", payeeId, after);
    return await getPayee(tx, actor, payeeId);
  });
}

/** From now on the operator writes no more invoices for it. */
export async function revokeSelfBilling(ctx: Context, actor: Actor, payeeId: string): Promise<Payee> {
  return await transact(ctx, async (tx) => {
    await readablePayee(tx, actor, payeeId);
    if (actor.partnerId !== undefined)
      throw new Refusal("forbidden", "The operator ends the agreement; tell your account manager.");
    await changeablePayee(tx, actor, "payees.write", payeeId);
    if (!(await endSelfBilling(tx.db, payeeId, personOf(actor), tx.clock.now())))
      throw new Refusal("wrong_state", "Nothing has been accepted.");
    await note(tx, actor, "payees.self_billing_ended", payeeId, {});
    return await getPayee(tx, actor, payeeId);
  });
}

async function refuseOthers(tx: Context, actor: Actor): Promise<void> {
  if (actor.partnerId === undefined) return;
  const email = (await userEmails(tx.db, [personOf(actor)])).get(personOf(actor)) ?? "";
  if (can(actor, "agreements.approve") && (await isSignatory(tx, actor.partnerId, email))) return;
  throw new Refusal("not_signatory", "Only an authorised signatory of the partner may agree to this.");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function note(tx: Context, actor: Actor, action: string, payeeId: string, after: object): Promise<void> {
  const partner = actor.partnerId === undefined ? {} : { partnerId: actor.partnerId };
  await audit.record(tx, actor, { action, subjectKind: "payee", subjectId: payeeId, after, ...partner });
  await announce(tx, "payees.changed", { payeeId });
}
