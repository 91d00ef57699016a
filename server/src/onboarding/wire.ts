import type { Closing, Handover, Launch } from "@tributary/contract";
import type { ClosingRow } from "./store/closings.ts";
import type { HandoverRow } from "./store/handovers.ts";
import type { LaunchRow } from "./store/launches.ts";

/** @param today ISO date: a soft launch whose end is before it waits for a decision */
export function launchWire(row: LaunchRow, today: string): Launch {
  return {
    id: row.launch_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    caseId: row.case_id,
    mode: row.mode as Launch["mode"],
    state: row.state as Launch["state"],
    caps: row.caps,
    criteria: row.criteria,
    endsOn: row.ends_on,
    overdue: row.state === "soft" && row.ends_on !== null && row.ends_on < today,
    reason: row.reason,
    gates: [...row.gates],
    launchedBy: row.launched_name,
    launchedAt: row.launched_at.toISOString(),
    raisedBy: row.raised_name,
    raisedAt: row.raised_at?.toISOString() ?? null,
    raisedReason: row.raised_reason,
    revision: row.revision,
  };
}

export function handoverWire(row: HandoverRow): Handover {
  const word = (name: string | null, at: Date | null) =>
    name === null || at === null ? null : { name, at: at.toISOString() };
  return {
    id: row.handover_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    number: row.number,
    content: row.content,
    sha256: row.sha256,
    frozenBy: row.frozen_name,
    frozenAt: row.frozen_at.toISOString(),
    operatorWord: word(row.operator_name, row.operator_at),
    partnerWord: word(row.partner_name, row.partner_at),
    revision: row.revision,
  };
}

export function closingWire(row: ClosingRow): Closing {
  return {
    id: row.closing_id,
    partnerId: row.partner_id,
    kind: row.kind as Closing["kind"],
    state: row.state as Closing["state"],
    reason: row.reason,
    consequences: [...row.consequences],
    twoPeople: row.two_people,
    proposedBy: row.proposed_name,
    proposedById: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reversibleUntil: row.reversible_until?.toISOString() ?? null,
    stopped: row.stopped.map(({ step, ids }) => ({ step, count: ids.length })),
    reversedBy: row.reversed_name,
    reversedAt: row.reversed_at?.toISOString() ?? null,
    reversedReason: row.reversed_reason,
    revision: row.revision,
  };
}
