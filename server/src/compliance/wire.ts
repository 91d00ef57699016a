import type { RelatedPerson, ScreeningHit, ScreeningHitDetail, ScreeningList } from "@tributary/contract";
import type { Evidence } from "./core/evidence.ts";
import type { Asked, ListEntry } from "./core/names.ts";
import type { Step } from "./core/steps.ts";
import type { HitRow } from "./store/hits.ts";
import type { ListVersionRow } from "./store/lists.ts";
import type { PersonRow } from "./store/people.ts";

export function hitWire(row: HitRow): ScreeningHit {
  return {
    id: row.hit_id,
    partnerId: row.partner_id,
    subjectId: row.subject_id,
    subjectKind: row.subject_kind as ScreeningHit["subjectKind"],
    subjectName: row.subject_name,
    list: row.list,
    entryId: row.entry_id,
    topic: row.topic as ScreeningHit["topic"],
    matchedName: row.matched_name,
    score: row.score,
    state: row.state as ScreeningHit["state"],
    reason: row.reason,
    proposedBy: row.proposed_name,
    proposedAt: row.proposed_at?.toISOString() ?? null,
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reopenedWhy: row.reopened_why as ScreeningHit["reopenedWhy"],
    openedAt: row.opened_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    revision: row.revision,
  };
}

export function hitDetail(row: HitRow): ScreeningHitDetail {
  const asked = row.asked as unknown as Asked;
  const entry = row.entry as unknown as ListEntry;
  return {
    ...hitWire(row),
    asked: {
      name: asked.name,
      names: [asked.name],
      kind: asked.kind ?? "unknown",
      births: [...(asked.births ?? [])],
      countries: [...(asked.countries ?? [])],
      identifiers: [...(asked.identifiers ?? [])],
    },
    listed: {
      name: entry.names[0]?.text ?? "",
      names: entry.names.map(({ text }) => text),
      kind: entry.kind,
      births: [...entry.births],
      countries: [...entry.countries],
      identifiers: [...entry.identifiers],
      programs: [...entry.programs],
      remarks: entry.remarks,
    },
    steps: row.steps as unknown as Step[],
    evidence: row.evidence as unknown as Evidence[],
  };
}

export function listWire(row: ListVersionRow): ScreeningList {
  return {
    list: row.list,
    topic: row.topic as ScreeningList["topic"],
    version: row.version,
    format: row.format,
    file: row.file,
    entries: row.entries,
    added: row.added,
    removed: row.removed,
    altered: row.altered,
    loadedAt: row.loaded_at.toISOString(),
    loadedBy: row.loaded_by,
    appliedAt: row.applied_at?.toISOString() ?? null,
  };
}

/** As lists show somebody: of the day of birth the year, of an identity number the last four. The whole of it is asked for with a reason. */
export function maskedPerson(row: PersonRow): RelatedPerson {
  return { ...personWire(row), birth: row.birth.slice(0, 4), identifier: maskNumber(row.identifier) };
}

/** "••••5678"; of a short number nothing is shown. */
export function maskNumber(number: string): string {
  if (number === "") return "";
  return number.length < 8 ? "••••" : `••••${number.slice(-4)}`;
}

export function personWire(row: PersonRow): RelatedPerson {
  return {
    id: row.person_id,
    partnerId: row.partner_id,
    kind: row.kind as RelatedPerson["kind"],
    role: row.role as RelatedPerson["role"],
    name: row.name,
    share: row.share,
    birth: row.birth,
    country: row.country,
    identifier: row.identifier,
    note: row.note,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    revision: row.revision,
  };
}
