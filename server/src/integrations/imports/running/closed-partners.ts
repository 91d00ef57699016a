import { sql } from "kysely";
import { activationRule, partnersByIds } from "../../../partners/index.ts";
import type { ImportWork } from "../contracts.ts";
import type { RowProblem } from "../core/map-row.ts";
import { stageOf } from "../store/records.ts";
import type { PartnerReference } from "./references.ts";

/** States in which a partner gets no new links. */
const CLOSED = ["deactivated", "rejected"];

/** Which of the partners that rows name get no links: those that are closed here, and those that this import takes over as closed. */
export async function closedPartners(
  work: ImportWork,
  partners: ReadonlyMap<string, PartnerReference>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const here = [...partners].flatMap(([name, one]) => (one === "planned" ? [] : [[name, one.partnerId] as const]));
  const ids = [...new Set(here.map(([, id]) => id))];
  const states = new Map((await partnersByIds(work.ctx.db, ids)).map((one) => [one.partnerId, one.status]));
  for (const [name, id] of here) {
    const status = states.get(id);
    if (status !== undefined && CLOSED.includes(status)) found.set(name, status);
  }
  const planned = [...partners].flatMap(([name, one]) => (one === "planned" ? [name] : []));
  if (planned.length === 0) return found;
  const { rows } = await sql<{ external_id: string; status: string }>`
    select external_id, content ->> 'status' as status from integrations.record
    where import_id = ${work.row.import_id} and stage = ${stageOf("partner")} and external_id = any(${planned}::text[])
      and content ->> 'status' = any(${CLOSED}::text[])`.execute(work.ctx.db);
  for (const row of rows) found.set(row.external_id, row.status);
  return found;
}

/** What is said of partners that would be active at once, where a procedure has to launch them first; null: nothing. */
export async function launchWarning(work: ImportWork): Promise<RowProblem | null> {
  const rule = await activationRule(work.ctx.db, work.row.mapping.partnerKind ?? "affiliate");
  return rule === undefined ? null : { field: "status", value: "active", code: "waits_for_launch" };
}
