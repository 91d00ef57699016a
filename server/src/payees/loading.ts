import type { AccountDetail, PayeeIdentity, PayeeTax, PayeeTerms, TaxFormData } from "@tributary/contract";
import { contractParties } from "../agreements/index.ts";
import type { Context } from "../database/index.ts";
import { partnersByIds } from "../partners/index.ts";
import type { PayeeFacts } from "./contracts.ts";
import { bankDetailOf, inOrder, taxFacts, termsFacts } from "./core/facts.ts";
import { assignmentsOf } from "./store/assignments.ts";
import { type SelfBillingRow, selfBillingOf } from "./store/matters.ts";
import { type PayeeRow, payeeRows } from "./store/payees.ts";
import { type VersionRow, versionsOf } from "./store/versions.ts";

/** A payee with what stands of it. */
export interface LoadedPayee {
  readonly row: PayeeRow;
  readonly identity: PayeeIdentity | null;
  readonly tax: PayeeTax | null;
  readonly terms: PayeeTerms | null;
  /** In the order of use. */
  readonly details: readonly VersionRow[];
  readonly selfBilling: SelfBillingRow | undefined;
  readonly facts: PayeeFacts;
}

/** What two people agreed on of some payees. */
export async function loadPayees(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedPayee>> {
  const rows = await payeeRows(ctx.db, [...new Set(ids)]);
  const known = rows.map((row) => row.payee_id);
  const standing = Map.groupBy(await versionsOf(ctx.db, known, ["approved"]), (one) => one.payee_id);
  const selfBilling = new Map((await selfBillingOf(ctx.db, known)).map((row) => [row.payee_id, row]));
  return new Map(
    rows.map((row) => [row.payee_id, loaded(row, standing.get(row.payee_id) ?? [], selfBilling.get(row.payee_id))]),
  );
}

function loaded(row: PayeeRow, standing: readonly VersionRow[], agreed: SelfBillingRow | undefined): LoadedPayee {
  const of = <T>(aspect: string): T | null =>
    (standing.find((one) => one.aspect === aspect)?.document as T | undefined) ?? null;
  const identity = of<PayeeIdentity>("identity");
  const tax = of<PayeeTax>("tax");
  const terms = of<PayeeTerms>("terms");
  const named = standing.filter((one) => one.aspect === "detail").map((one) => ({ ...one, detailId: one.version_id }));
  const details = inOrder(named, terms?.detailOrder ?? []);
  return {
    row,
    identity,
    tax,
    terms,
    details,
    selfBilling: agreed,
    facts: {
      payeeId: row.payee_id,
      kind: row.kind as PayeeFacts["kind"],
      legalName: row.legal_name,
      address: {
        street: identity?.street ?? "",
        city: identity?.city ?? "",
        postalCode: identity?.postalCode ?? "",
        region: identity?.region ?? "",
      },
      country: row.country,
      registrationNumber: identity?.registrationNumber ?? "",
      email: identity?.email ?? "",
      language: identity?.language ?? "en",
      status: row.status as PayeeFacts["status"],
      terms: termsFacts(terms),
      tax: taxFacts(tax),
      details: details.map((one) => ({
        detailId: one.version_id,
        masked: bankDetailOf(one.document as AccountDetail),
        payableFrom: one.payable_from as Date,
        approvedAt: one.decided_at as Date,
      })),
      selfBilling:
        agreed === undefined
          ? null
          : { acceptedAt: agreed.accepted_at, acceptedName: agreed.accepted_name, textHash: agreed.text_hash },
    },
  };
}

export function formsOf(payee: LoadedPayee): readonly TaxFormData[] {
  return payee.tax?.forms ?? [];
}

/** The partners that some payees serve or are proposed for, at any time. */
export async function partnersOf(
  ctx: Context,
  payeeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await assignmentsOf(ctx.db, payeeIds);
  const living = rows.filter((row) => row.status === "approved" || row.status === "proposed");
  const grouped = Map.groupBy(living, (row) => row.payee_id);
  return new Map([...grouped].map(([id, of]) => [id, [...new Set(of.map((row) => row.partner_id))]]));
}

/** What the other party of some partners' contracts is called: as the papers say, else as the partner's record does. */
export async function contractNames(
  ctx: Context,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(partnerIds)];
  const parties = Map.groupBy(await contractParties(ctx.db, ids), (one) => one.partnerId);
  const partners = await partnersByIds(ctx.db, ids);
  return new Map(
    partners.map((partner) => [
      partner.partnerId,
      parties.get(partner.partnerId)?.map((one) => one.name) ?? [partner.legalName || partner.name],
    ]),
  );
}
