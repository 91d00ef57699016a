import { userEmails } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnerById } from "../partners/index.ts";
import { loadCase, momentOf } from "./cases.ts";
import { stageOf, textIn } from "./core/conditions.ts";
import { gateOf } from "./core/gate.ts";
import { caseRow } from "./store/cases.ts";

export interface EscalationMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Letters about a stage that is late: to the partner's owner. Whoever else it is escalated to finds it in the list of what waits, with the escalation; a role
 * has no one address.
 */
export async function escalationMails(
  ctx: Context,
  escalated: { readonly caseId: string; readonly to: string; readonly note: string },
  publicUrl: string,
): Promise<readonly EscalationMail[]> {
  const row = await caseRow(ctx.db, escalated.caseId);
  const partner = row?.partner_id == null ? undefined : await partnerById(ctx.db, row.partner_id);
  if (row === undefined || partner?.ownerUserId == null) return [];
  const loaded = await loadCase(ctx, row);
  const { definition, state } = loaded;
  if (state.status !== "running") return [];
  const stage = textIn(stageOf(definition, state.stage).title, "en");
  const gate = gateOf(definition, state, momentOf(ctx, loaded).day);
  const why = gate.conditions.filter(({ holds }) => !holds).map(({ sentence }) => `- ${sentence}`);
  const text = [
    `"${stage}" of ${partner.name} (${textIn(definition.title, "en")}) is late; it is escalated to ${escalated.to.replaceAll("_", " ")}.`,
    ...(escalated.note === "" ? [] : ["", escalated.note]),
    ...(why.length === 0 ? [] : ["", "What keeps it:", ...why]),
    "",
    `${publicUrl}/procedure-cases/${row.case_id}`,
  ].join("\n");
  const emails = await userEmails(ctx.db, [partner.ownerUserId]);
  return [...emails.values()].map((to) => ({ to, subject: `Late: ${stage}, ${partner.name}`, text }));
}
