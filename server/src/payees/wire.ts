import type {
  AccountDetail,
  PayeeAssignment,
  PayeeHold,
  PayeeIdentity,
  PayeeNotice,
  PayeeTax,
  PayeeTerms,
  PayeeVersion,
  PayeeBlock as WireBlock,
} from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import type { PayeeBlock } from "./contracts.ts";
import type { AssignmentRow } from "./store/assignments.ts";
import type { HoldRow, NoticeRow } from "./store/matters.ts";
import { payeeRows } from "./store/payees.ts";
import { type VersionRow, withFingerprints } from "./store/versions.ts";

/** Versions as the API shows them. A partner learns who of its own side proposed, never who of the operator decided. */
export async function versionWires(ctx: Context, actor: Actor, rows: readonly VersionRow[]): Promise<PayeeVersion[]> {
  const names = new Map(
    (await payeeRows(ctx.db, [...new Set(rows.map((row) => row.payee_id))])).map((row) => [
      row.payee_id,
      row.legal_name,
    ]),
  );
  const forPartner = actor.partnerId !== undefined;
  // That somebody else is paid to the same account is no business of a partner.
  const twins = forPartner
    ? []
    : await withFingerprints(
        ctx.db,
        rows.flatMap((row) => (row.fingerprint === null ? [] : [row.fingerprint])),
      );
  return rows.map((row) => ({
    id: row.version_id,
    payeeId: row.payee_id,
    payeeName: names.get(row.payee_id) ?? "",
    aspect: row.aspect as PayeeVersion["aspect"],
    ...documents(row),
    replaces: row.replaces,
    status: row.status as PayeeVersion["status"],
    proposedBy: forPartner && row.by_partner === null ? null : row.proposed_by,
    proposedName: forPartner && row.by_partner === null ? "" : row.proposed_name,
    proposedAt: row.proposed_at.toISOString(),
    byPartner: row.by_partner !== null,
    note: row.note,
    decidedName: forPartner && row.status !== "withdrawn" ? null : row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    comment: forPartner && row.status !== "refused" ? "" : row.comment,
    payableFrom: row.payable_from?.toISOString() ?? null,
    name: nameOf(row, forPartner),
    sameAccount: twins
      .filter((one) => one.fingerprint === row.fingerprint && one.payee_id !== row.payee_id)
      .map((one) => ({ payeeId: one.payee_id, name: one.legal_name })),
  }));
}

function documents(row: VersionRow): Pick<PayeeVersion, "identity" | "detail" | "tax" | "terms"> {
  const of = <T>(aspect: string): T | null => (row.aspect === aspect ? (row.document as T) : null);
  return {
    identity: of<PayeeIdentity>("identity"),
    detail: of<AccountDetail>("detail"),
    tax: of<PayeeTax>("tax"),
    terms: of<PayeeTerms>("terms"),
  };
}

function nameOf(row: VersionRow, forPartner: boolean): PayeeVersion["name"] {
  if (row.name_score === null || row.name_verdict === null || forPartner) return null;
  return {
    score: row.name_score,
    verdict: row.name_verdict as "match",
    explanation: row.name_explanation,
    reviewedBy: row.name_reviewed_by,
    reviewedAt: row.name_reviewed_at?.toISOString() ?? null,
    comment: row.name_comment,
  };
}

export function assignmentWire(row: AssignmentRow, forPartner: boolean): PayeeAssignment {
  return {
    id: row.assignment_id,
    payeeId: row.payee_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    status: row.status as PayeeAssignment["status"],
    note: row.note,
    proposedName: forPartner && row.by_partner === null ? "" : row.proposed_name,
    proposedAt: row.proposed_at.toISOString(),
    decidedName: forPartner ? null : row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    comment: forPartner && row.status !== "refused" ? "" : row.comment,
    endDay: row.end_day,
    endName: forPartner ? null : row.end_name,
  };
}

export function holdWire(row: HoldRow, forPartner: boolean): PayeeHold {
  return {
    id: row.hold_id,
    reason: forPartner ? "" : row.reason,
    until: row.until?.toISOString() ?? null,
    placedName: forPartner ? "" : row.placed_name,
    placedAt: row.placed_at.toISOString(),
    liftedName: forPartner ? null : row.lifted_name,
    liftedAt: row.lifted_at?.toISOString() ?? null,
    liftReason: forPartner ? "" : row.lift_reason,
  };
}

export function noticeWire(row: NoticeRow): PayeeNotice {
  return {
    id: row.notice_id,
    kind: row.kind as PayeeNotice["kind"],
    sentTo: row.sent_to,
    at: row.made_at.toISOString(),
  };
}

/** A partner learns that screening stands against it from people, not from a page. */
const FOR_OPERATOR = new Set(["screening", "partner_restricted", "name_differs"]);

export function blockWires(blocks: readonly PayeeBlock[], forPartner: boolean): WireBlock[] {
  return blocks
    .filter((one) => !forPartner || !FOR_OPERATOR.has(one.code))
    .map(({ code, sentence, until }) => ({
      code,
      // Why the operator holds it may be what an inquiry is about.
      sentence: forPartner && code === "held" ? "Payments are held." : sentence,
      until: until?.toISOString() ?? null,
    }));
}
