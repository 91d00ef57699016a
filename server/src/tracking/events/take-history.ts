import { type EdgeProgram, ENTRY_KIND, type StoredLine } from "../contracts.ts";
import type { EventProblem } from "../core/event-fields.ts";
import type { IntakeLog } from "../intake/log.ts";
import { callBody, isEvent, readJsonLine } from "./call.ts";

/** One event out of another system's history, read but not yet taken. */
export interface HistoryLine {
  readonly stored: StoredLine;
  readonly problem: EventProblem | undefined;
}

/** Reads events that another system has kept, as the API would: nothing is taken yet. @param now milliseconds since 1970 */
export function readHistory(program: EdgeProgram, events: readonly unknown[], now: number): readonly HistoryLine[] {
  const context = {
    timeZone: program.timeZone,
    currency: program.currency,
    customEvents: program.customEvents,
    now,
    knowsClick: () => false,
  };
  return events.map((event, line) => {
    const { stored, problems } = readJsonLine(line, event, context);
    return { stored, problem: problems[0] };
  });
}

/**
 * Appends what was read to the intake log; resolves when it is durable. External ids count once, so appending the same history again
 * changes nothing. @throws Refusal log_unavailable
 */
export async function takeHistory(
  log: IntakeLog,
  origin: { readonly programId: string; readonly sourceId: string; readonly file: string },
  lines: readonly HistoryLine[],
): Promise<void> {
  const events = lines.map((line) => line.stored).filter(isEvent);
  if (events.length > 0) await log.append(ENTRY_KIND.events, callBody({ door: "file", ...origin, events }));
}
