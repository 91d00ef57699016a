import { type Actor, can } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnersByIds, reachOf } from "../partners/index.ts";
import { textIn } from "./core/conditions.ts";
import { casePage } from "./store/cases.ts";
import { versionsById } from "./store/versions.ts";
import { definitionIn } from "./versions.ts";

type Named = { readonly id: string; readonly name: string };

/** Door: a case is called by its procedure and its partner. Cases out of reach are left out. */
export async function caseNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
  language: string,
): Promise<readonly Named[]> {
  if (!can(actor, "procedures.read")) return [];
  const within = await reachOf(ctx, actor, "procedures.read");
  const { rows } = await casePage(ctx.db, within, { ids }, { limit: ids.length });
  const versions = await versionsById(ctx.db, [...new Set(rows.map((row) => row.version_id))]);
  const partners = await partnersByIds(ctx.db, [...new Set(rows.flatMap((row) => row.partner_id ?? []))]);
  const names = new Map(partners.map((one) => [one.partnerId, one.name]));
  return rows.map((row) => {
    const version = versions.get(row.version_id);
    const title = version === undefined ? row.procedure : textIn(definitionIn(version).title, language);
    return { id: row.case_id, name: [title, names.get(row.partner_id ?? "")].filter(Boolean).join(" · ") };
  });
}

/** Door: a version of a procedure is called by its title and number. */
export async function procedureVersionNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
  language: string,
): Promise<readonly Named[]> {
  if (!can(actor, "procedures.read")) return [];
  return [...(await versionsById(ctx.db, ids))].map(([id, version]) => ({
    id,
    name: `${textIn(definitionIn(version).title, language)} · v${version.version}`,
  }));
}
