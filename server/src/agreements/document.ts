import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { partnerById } from "../partners/index.ts";
import { programById } from "../programs/index.ts";
import { agreementPaper } from "./paper/agreement-paper.ts";
import { termsOf } from "./steps.ts";
import { sideOf, visibleVersion } from "./versions.ts";

/** The paper of a version as the asker sees it: signed terms, or the round that stands, which says that it is not signed. */
export async function versionPaper(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const row = await visibleVersion(ctx, actor, id);
  const [partner, program] = [await partnerById(ctx.db, row.partner_id), await programById(ctx.db, row.program_id)];
  if (partner === undefined || program === undefined) throw notFound("agreement version", id);
  const signed =
    row.accepted_at === null
      ? null
      : {
          name: row.accepted_name ?? "",
          at: row.accepted_at,
          address: row.accepted_address ?? "",
          userAgent: row.accepted_user_agent,
        };
  const preparing = sideOf(actor) === "partner" && ["draft", "proposed", "approved"].includes(row.status);
  const bytes = await agreementPaper({
    language: row.language as "en" | "es",
    agreementId: row.agreement_id,
    version: row.version,
    round: row.round,
    status: preparing ? "countered" : row.status,
    ...termsOf(row).parties,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    termsText: row.terms_text,
    termsHash: row.terms_hash,
    planHash: row.plan_hash,
    madeAt: row.made_at,
    signed,
  });
  return { name: `${partner.code}-${program.code}-v${row.version}.pdf`, bytes };
}
