import type { DecisionWord, Lead, LeadStage, Likeness, LostReason, Texts } from "@tributary/contract";
import type { LeadRow } from "./store/leads.ts";
import type { LikenessRow } from "./store/likenesses.ts";
import type { ReasonRow, StageRow } from "./store/settings.ts";

const DAY = 86_400_000;

export function stageWire(row: StageRow): LeadStage {
  return {
    id: row.stage_id,
    names: row.names as unknown as Texts,
    probability: row.probability,
    usualDays: row.usual_days,
    outcome: row.outcome as LeadStage["outcome"],
    active: row.active,
  };
}

export function reasonWire(row: ReasonRow): LostReason {
  return {
    id: row.reason_id,
    names: row.names as unknown as Texts,
    reapplyDays: row.reapply_days,
    active: row.active,
  };
}

/** @param stages by their id; a lead's probability and usual time are those of its stage */
export function leadWire(row: LeadRow, stages: ReadonlyMap<string, StageRow>, now: Date): Lead {
  const stage = stages.get(row.stage_id);
  return {
    id: row.lead_id,
    status: row.status as Lead["status"],
    stageId: row.stage_id,
    stageSince: row.stage_since.toISOString(),
    daysInStage: Math.max(0, Math.floor((now.getTime() - row.stage_since.getTime()) / DAY)),
    usualDays: stage?.usual_days ?? 0,
    name: row.name,
    contactName: row.contact_name,
    email: row.email,
    phone: row.phone,
    website: row.website,
    handles: row.handles as unknown as Lead["handles"],
    kind: row.kind as Lead["kind"],
    vertical: row.vertical,
    country: row.country,
    language: row.language,
    regionId: row.region_id,
    programId: row.program_id,
    channel: row.channel as Lead["channel"],
    sourceRaw: row.source_raw,
    source: row.source,
    ownerUserId: row.owner_user_id,
    recruiterPartnerId: row.recruiter_partner_id,
    recruiterUserId: row.recruiter_user_id,
    expectedFtds: row.expected_ftds,
    expectedRevenue:
      row.expected_minor === null
        ? null
        : { minor: row.expected_minor.toString(), currency: row.expected_currency ?? "EUR" },
    expectedMonth: row.expected_month?.slice(0, 7) ?? null,
    probability: stage?.probability ?? 0,
    nextStep: row.next_step,
    nextStepOn: row.next_step_on,
    note: row.note,
    tags: row.tags,
    lostReason: row.lost_reason,
    lostNote: row.lost_note,
    endedAt: row.ended_at?.toISOString() ?? null,
    partnerId: row.partner_id,
    mergedInto: row.merged_into,
    duplicatesOpen: row.duplicates_open,
    externalRef: row.external_ref,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    revision: row.revision,
  };
}

export function likenessWire(row: LikenessRow, name: string): Likeness {
  return {
    id: String(row.likeness_id),
    otherKind: row.other_kind as Likeness["otherKind"],
    otherId: row.other_id,
    otherName: name,
    score: row.score,
    reasons: row.reasons as unknown as DecisionWord[],
    state: row.state as Likeness["state"],
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}
