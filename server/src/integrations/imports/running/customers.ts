import { bindImported, type ImportedBinding } from "../../../attribution/index.ts";
import type { TxContext } from "../../../database/index.ts";
import { edgeProgram, type IntakeLog, linksByIds, readHistory, takeHistory } from "../../../tracking/index.ts";
import type { ImportWork } from "../contracts.ts";
import { madeOf } from "../store/made.ts";
import { type RecordRow, stageOf } from "../store/records.ts";
import { eventOf, instantOf } from "./decide.ts";
import { made, type Outcome, refused } from "./outcome.ts";
import { originOf, resolvePartners } from "./references.ts";

/** Binds customers as they were bound there. */
export async function applyCustomers(
  tx: TxContext,
  work: ImportWork,
  records: readonly RecordRow[],
): Promise<readonly Outcome[]> {
  const here = { ...work, ctx: tx };
  const partners = await resolvePartners(
    here,
    records.map((one) => one.content.partner ?? ""),
  );
  const links = await linksOf(here, records);
  const bindings: ImportedBinding[] = [];
  const outcomes = new Map<string, Outcome>();
  for (const record of records.filter((one) => one.action !== "join")) {
    const { content } = record;
    const partner = partners.get(content.partner ?? "");
    if (partner === undefined || partner === "planned") {
      outcomes.set(
        record.external_id,
        refused(record, {
          field: "partner",
          value: content.partner ?? "",
          code: "partner_refused",
        }),
      );
      continue;
    }
    const link = links.get(content.link ?? "");
    const own = link?.partnerId === partner.partnerId ? link : undefined;
    bindings.push({
      customerRef: record.external_id,
      partnerId: partner.partnerId,
      linkId: own?.linkId ?? null,
      offerId: own?.offerId ?? null,
      since: instantOf(work, content.since),
      until: instantOf(work, content.until),
    });
  }
  const ids = await bindImported(tx, work.actor, bindings, noteOf(work));
  return records.map((record) => {
    const known = record.target_id ?? String(ids.get(record.external_id) ?? "");
    return outcomes.get(record.external_id) ?? made(record, known, { after: record.content });
  });
}

export function noteOf(work: ImportWork) {
  const { program, needs, row } = work;
  const reason = `taken over from ${row.vendor} (${row.import_id})`;
  return { programId: row.program_id, timeZone: program.timeZone, reason, moved: needs.moved };
}

async function linksOf(work: ImportWork, records: readonly RecordRow[]) {
  const named = await madeOf(
    work.ctx.db,
    originOf(work),
    stageOf("link"),
    records.map((one) => one.content.link ?? ""),
  );
  const links = await linksByIds(
    work.ctx.db,
    [...named.values()].map((one) => one.target_id),
  );
  const byId = new Map(links.map((link) => [link.linkId, link]));
  return new Map([...named].map(([external, one]) => [external, byId.get(one.target_id)] as const));
}

/** External ids of history count once within this source, whichever import brings it. */
export function historySource(vendor: string): string {
  return `import:${vendor}`;
}

/** Appends conversions to the intake log; what becomes of them is decided where all events are decided. */
export async function appendConversions(
  work: ImportWork,
  log: IntakeLog,
  records: readonly RecordRow[],
): Promise<readonly Outcome[]> {
  const partners = await resolvePartners(
    work,
    records.map((one) => one.content.partner ?? ""),
  );
  const events = records.map(({ content }) => {
    const partner = partners.get(content.partner ?? "");
    return eventOf(work, content, partner === undefined || partner === "planned" ? null : partner.partnerId);
  });
  const lines = readHistory(edgeProgram(work.program), events, work.ctx.clock.now().getTime());
  await takeHistory(
    log,
    { programId: work.row.program_id, sourceId: historySource(work.row.vendor), file: work.row.name.slice(0, 200) },
    lines,
  );
  return records.map((record, at) => {
    const problem = lines[at]?.problem;
    if (problem === undefined)
      return made(record, record.external_id, { after: record.content, before: beforeOf(record) });
    return refused(record, {
      field: problem.field,
      value: problem.value ?? "",
      code: "as_told",
      details: { said: problem.message, hint: problem.hint },
    });
  });
}

function beforeOf(record: RecordRow): Record<string, string> {
  return Object.fromEntries((record.changes ?? []).map((change) => [change.field, change.before]));
}
