import type { ArrivedCall, EventRecord, StoredTestLine } from "./contracts.ts";
import { decideFates } from "./fates.ts";

/**
 * The events that would count after these lines of a test, by the same rules as real ones: duplicates, corrections and reversals
 * included. Ids count from 1 and mean nothing outside. The earliest first.
 */
export function rehearseEvents(lines: readonly StoredTestLine[], programId: string): EventRecord[] {
  let last = 0n;
  const calls: ArrivedCall[] = lines.map((line) => {
    const call = { v: 1, door: "postback", sourceId: line.sourceId, programId, events: [line.sent] } as const;
    return { lane: line.lane, seq: line.seq, receivedAt: line.receivedAt, call };
  });
  const changes = decideFates(calls, {
    effective: new Map(),
    programs: new Map([[programId, "active"]]),
    tests: { testOf: () => undefined },
    nextId: () => {
      last += 1n;
      return last;
    },
  });
  return [...changes.added].sort((a, b) => a.at - b.at);
}
