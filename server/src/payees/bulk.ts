import { createHash } from "node:crypto";
import type { AccountDetail, PayeeIdentity, PayeeLanguage, PayeeTax, PayeeTerms } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { checkHolder } from "./core/names.ts";
import { selfBillingText } from "./core/self-billing-text.ts";
import { maskTax } from "./core/tax-forms.ts";
import { checkedDetail } from "./drafts.ts";
import { contractNames } from "./loading.ts";
import type { PayeeNeeds } from "./needs.ts";
import { insertAssignments } from "./store/assignments.ts";
import { insertSelfBillings } from "./store/matters.ts";
import { insertPayees } from "./store/payees.ts";
import { insertVersions } from "./store/versions.ts";

/** A payee that is known from elsewhere, with all that is known of it. */
export interface KnownPayee {
  readonly identity: PayeeIdentity;
  readonly partnerId: string;
  /** The first day on which it is paid for the partner. */
  readonly validFrom: string;
  readonly detail: AccountDetail | null;
  readonly tax: PayeeTax | null;
  readonly terms: PayeeTerms | null;
  readonly selfBilling: { readonly acceptedName: string; readonly language: PayeeLanguage } | null;
  /** Still to be approved: the second person has looked at the others only. */
  readonly waits: boolean;
}

/**
 * Takes over payees that were checked elsewhere, many at once: entered by one person and approved by another, like one that is entered by hand.
 * @returns their ids, in the order given
 * @throws Refusal `same_person`, `invalid_input` (a detail that its country does not know)
 */
export async function takeOverPayees(
  ctx: Context,
  people: { readonly proposer: Actor; readonly approver: Actor },
  payees: readonly KnownPayee[],
  needs: PayeeNeeds,
): Promise<readonly string[]> {
  const { proposer, approver } = people;
  requirePermission(proposer, "payees.write", {});
  requirePermission(approver, "payees.approve", {});
  if (personOf(proposer) === personOf(approver))
    throw new Refusal("same_person", "Whoever enters payees may not approve them.");
  return await transact(ctx, async (tx) => {
    const named = payees.map((payee) => ({ payee, id: tx.ids.next("pye") }));
    const parties = await contractNames(
      tx,
      payees.map((one) => one.partnerId),
    );
    await insertPayees(
      tx.db,
      named.map(({ payee, id }) => payeeRowOf(tx, proposer, payee, id)),
    );
    await insertVersions(
      tx.db,
      named.flatMap(({ payee, id }) =>
        versionsOfPayee(tx, people, payee, id, parties.get(payee.partnerId) ?? [], needs),
      ),
    );
    await insertAssignments(
      tx.db,
      named.map(({ payee, id }) => assignmentOf(tx, people, payee, id)),
    );
    await insertSelfBillings(
      tx.db,
      named.flatMap(({ payee, id }) => selfBillingOf(tx, proposer, payee, id)),
    );
    await audit.recordMany(
      tx,
      approver,
      named.map(({ payee, id }) => ({
        action: "payees.taken_over",
        subjectKind: "payee",
        subjectId: id,
        partnerId: payee.partnerId,
        after: { legalName: payee.identity.legalName, proposedBy: personOf(proposer) },
      })),
    );
    return named.map((one) => one.id);
  });
}

type People = Parameters<typeof takeOverPayees>[1];

function payeeRowOf(tx: Context, proposer: Actor, payee: KnownPayee, id: string) {
  const { legalName, kind, country } = payee.identity;
  return {
    payee_id: id,
    partner_id: null,
    status: payee.waits ? "proposed" : "verified",
    legal_name: legalName,
    kind,
    country,
    created_by: personOf(proposer),
    created_at: tx.clock.now(),
  };
}

function said(tx: Context, people: People, waits: boolean) {
  const at = tx.clock.now();
  const { proposer, approver } = people;
  return {
    status: waits ? "proposed" : "approved",
    note: "",
    proposed_by: personOf(proposer),
    proposed_name: proposer.name,
    proposed_at: at,
    by_partner: null,
    decided_by: waits ? null : personOf(approver),
    decided_name: waits ? null : approver.name,
    decided_at: waits ? null : at,
    comment: "",
  };
}

function versionsOfPayee(
  tx: Context,
  people: People,
  payee: KnownPayee,
  id: string,
  parties: readonly string[],
  needs: PayeeNeeds,
) {
  const base = { payee_id: id, ...said(tx, people, payee.waits), sealed: null, fingerprint: null, payable_from: null };
  const plain = { ...base, name_score: null, name_verdict: null, name_explanation: "" };
  const open = (aspect: "identity" | "terms", document: object) => ({
    ...plain,
    version_id: tx.ids.next("pyv"),
    aspect,
    document: JSON.stringify(document),
  });
  const rows = [open("identity", payee.identity)];
  if (payee.terms !== null) rows.push(open("terms", payee.terms));
  const tax =
    payee.tax === null
      ? []
      : [
          {
            ...plain,
            version_id: tx.ids.next("pyv"),
            aspect: "tax",
            document: JSON.stringify(maskTax(payee.tax)),
            sealed: needs.vault.close(JSON.stringify(payee.tax)),
          },
        ];
  return [...rows, ...tax, ...detailOf(tx, payee, base, parties, needs)];
}

function detailOf(
  tx: Context,
  payee: KnownPayee,
  base: Omit<Parameters<typeof insertVersions>[1][number], "version_id" | "aspect" | "document">,
  parties: readonly string[],
  needs: PayeeNeeds,
) {
  if (payee.detail === null) return [];
  const { masked, sealed, fingerprint } = checkedDetail(payee.detail, needs);
  const name = checkHolder(payee.detail.holder, payee.identity.legalName, parties);
  return [
    {
      ...base,
      version_id: tx.ids.next("bnk"),
      aspect: "detail",
      document: JSON.stringify(masked),
      sealed,
      fingerprint,
      payable_from: payee.waits ? null : tx.clock.now(),
      name_score: name.score,
      name_verdict: name.verdict,
      name_explanation: name.explanation,
    },
  ];
}

function assignmentOf(tx: Context, people: People, payee: KnownPayee, id: string) {
  return {
    assignment_id: tx.ids.next("pya"),
    payee_id: id,
    partner_id: payee.partnerId,
    program_id: null,
    valid_from: payee.validFrom,
    valid_to: null,
    ...said(tx, people, payee.waits),
  };
}

function selfBillingOf(tx: Context, proposer: Actor, payee: KnownPayee, id: string) {
  if (payee.selfBilling === null) return [];
  const { language, acceptedName } = payee.selfBilling;
  const text = selfBillingText(payee.identity.legalName, language);
  return [
    {
      self_billing_id: tx.ids.next("sbl"),
      payee_id: id,
      language,
      terms_text: text,
      text_hash: createHash("sha256").update(text).digest("hex"),
      accepted_by: personOf(proposer),
      accepted_name: acceptedName,
      accepted_at: tx.clock.now(),
      on_paper: true,
    },
  ];
}
