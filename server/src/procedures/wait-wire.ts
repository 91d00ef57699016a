import type { WaitListed } from "@tributary/contract";
import type { WaitFacts } from "./contracts.ts";

export function waitWire(wait: WaitFacts & { readonly waitId: bigint }, now: Date): WaitListed {
  return {
    id: String(wait.waitId),
    caseId: wait.caseId,
    procedure: wait.procedure,
    title: wait.title,
    subjectKind: wait.subject.kind,
    subjectId: wait.subject.id,
    partnerId: wait.partnerId,
    stageTitle: wait.stageTitle,
    kind: wait.kind,
    key: wait.key,
    what: wait.what,
    role: wait.role,
    since: wait.since.toISOString(),
    dueAt: wait.dueAt?.toISOString() ?? null,
    overdue: wait.dueAt !== null && wait.dueAt < now,
  };
}
