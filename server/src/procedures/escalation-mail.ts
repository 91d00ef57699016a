import { actorsWho, can, userEmails } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnerById } from "../partners/index.ts";
import { touchOf } from "./acting.ts";
import { loadCase, momentOf } from "./cases.ts";
import { stageOf, textIn } from "./core/conditions.ts";
import { gateOf } from "./core/gate.ts";
import { caseRow } from "./store/cases.ts";

export interface EscalationMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** More people of one role than this are a crowd in which everybody waits for another: they find it in the list of what waits. */
const MOST_OF_A_ROLE = 10;

/** Letters about a stage that is late: to the partner's owner, and to the people of the role that it is escalated to who may see this partner. */
export async function escalationMails(
  ctx: Context,
  escalated: { readonly caseId: string; readonly to: string; readonly note: string },
  publicUrl: string,
): Promise<readonly EscalationMail[]> {
  const row = await caseRow(ctx.db, escalated.caseId);
  const partner = row?.partner_id == null ? undefined : await partnerById(ctx.db, row.partner_id);
  if (row === undefined || partner === undefined) return [];
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
  const touch = await touchOf(ctx, row);
  const named = (await actorsWho(ctx, "procedures.read")).filter(
    (one) => one.grants.some(({ role }) => role === escalated.to) && can(one, "procedures.read", touch),
  );
  const people = [...(partner.ownerUserId === null ? [] : [partner.ownerUserId]), ...named.map(({ id }) => id)];
  const emails = await userEmails(ctx.db, [...new Set(people)].slice(0, MOST_OF_A_ROLE));
  return [...emails.values()].map((to) => ({ to, subject: `Late: ${stage}, ${partner.name}`, text }));
}
