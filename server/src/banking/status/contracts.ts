import type { Amount, FileRefusal, ReadRemark } from "../payments/contracts.ts";

/**
 * What became of a payment. `accepted`: checked, will be carried out; `pending`: nobody decided yet; `settled`: the money is there;
 * `rejected`: never left; `returned`: left and came back; `partial`: of a block, some of it (look at its payments).
 */
export type StatusKind = "accepted" | "pending" | "settled" | "rejected" | "returned" | "partial";

export interface StatusReferences {
  /** The file: OrgnlMsgId, PayPal sender_batch_id. */
  readonly messageId?: string;
  /** The block: OrgnlPmtInfId, ACH batch number. */
  readonly blockId?: string;
  readonly instructionId?: string;
  /** The payment's own id as it was sent: Payment.id. */
  readonly endToEndId?: string;
  /** ACH trace number of the original entry. */
  readonly traceNumber?: string;
  /** What the bank or the provider calls it. */
  readonly providerId?: string;
}

export interface PaymentStatus {
  readonly level: "file" | "block" | "payment";
  readonly references: StatusReferences;
  readonly status: StatusKind;
  /** As it was told: ACSC, RJCT, R01, PAYOUTS-ITEM.RETURNED … */
  readonly told: string;
  /** ISO 20022 reason code, NACHA return code, provider's error name. */
  readonly reason: { readonly code: string; readonly text: string } | null;
  /** The whole in one sentence. */
  readonly sentence: string;
  /** As the report says it (ISO 8601, may lack a zone); null when it does not. */
  readonly at: string | null;
  readonly amount: Amount | null;
  /** A notification of change: what the bank asks to be written from now on. */
  readonly correction: { readonly code: string; readonly text: string; readonly value: string } | null;
}

export interface StatusReport {
  /** pain.002.001.03, nacha-return, paypal-webhook … */
  readonly format: string;
  readonly id: string | null;
  readonly createdAt: string | null;
  readonly statuses: readonly PaymentStatus[];
  readonly remarks: readonly ReadRemark[];
}

export type ReadStatus =
  | { readonly ok: true; readonly report: StatusReport }
  | { readonly ok: false; readonly refusal: FileRefusal };
