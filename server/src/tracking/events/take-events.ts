import { setImmediate as turn } from "node:timers/promises";
import type { EventsTaken } from "@tributary/contract";
import type { Clock } from "../../kernel/clock.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { type EdgeProgram, ENTRY_KIND, type EventDoor, type StoredCall } from "../contracts.ts";
import type { ClickIds } from "../core/click-id.ts";
import { EVENT_NOTES, type EventNote, type ParseContext } from "../core/parse-event.ts";
import { receiptId } from "../core/receipt-id.ts";
import type { RouteTable } from "../edge/route-table.ts";
import type { IntakeLog } from "../intake/log.ts";
import type { Place } from "../intake/place.ts";
import { callBody, callRefusal, isEvent, type ReadLine, readJsonLine } from "./call.ts";

export interface TakeParts {
  readonly log: IntakeLog;
  readonly routes: { readonly table: RouteTable; refresh(): Promise<void> };
  readonly clickIds: ClickIds;
  readonly clock: Clock;
}

/** Who sends a call, and for which program. */
export interface CallOrigin {
  readonly door: EventDoor;
  readonly programId: string;
  /** an event source, or the name of a writer inside */
  readonly sourceId: string;
  readonly ip?: string;
  readonly ua?: string;
  /** the events are tests */
  readonly test?: true;
}

/** Redirects wait while events are read: after this many the others get a turn. */
const EVENTS_PER_TURN = 250;

/**
 * Reads the events of a call and appends them to the log as one entry; resolves when it is durable. Events that are wrong are kept
 * with their reason and named in the answer; the others are not held up by them.
 * @throws Refusal not_found, program_closed, log_unavailable: then nothing was accepted
 */
export async function takeEvents(
  parts: TakeParts,
  origin: CallOrigin,
  events: readonly unknown[],
): Promise<EventsTaken> {
  const program = await programOf(parts, origin.programId);
  if (program === undefined) throw new Refusal("not_found", `There is no program ${origin.programId}.`);
  if (program.status === "closed") {
    const refused = callRefusal("program_closed", "The program is closed and takes no events.");
    await append(parts, { ...origin, refused, events: [] });
    throw new Refusal("program_closed", refused.detail);
  }
  const context: ParseContext = {
    timeZone: program.timeZone,
    currency: program.currency,
    customEvents: program.customEvents,
    now: parts.clock.now().getTime(),
    knowsClick: (id) => parts.clickIds.read(id) !== undefined,
  };
  const lines: ReadLine[] = [];
  for (const event of events) {
    lines.push(readJsonLine(lines.length, event, context));
    if (lines.length % EVENTS_PER_TURN === 0) await turn();
  }
  const place = await append(parts, { ...origin, events: lines.map((line) => line.stored) });
  return answerOf(lines, place);
}

/** A program that was made a moment ago may not have been heard of yet. */
async function programOf(parts: TakeParts, programId: string): Promise<EdgeProgram | undefined> {
  const known = parts.routes.table.program(programId);
  if (known !== undefined) return known.program;
  await parts.routes.refresh();
  return parts.routes.table.program(programId)?.program;
}

function append(parts: TakeParts, call: Omit<StoredCall, "v">): Promise<Place> {
  return parts.log.append(ENTRY_KIND.events, callBody(call));
}

function answerOf(lines: readonly ReadLine[], place: Place): EventsTaken {
  const rejected = lines.filter((line) => line.problems.length > 0).length;
  return {
    receipt: receiptId(place.lane, place.seq),
    received: lines.length - rejected,
    rejected,
    events: lines.map(({ stored, problems }) => ({
      line: stored.line,
      receipt: receiptId(place.lane, place.seq, stored.line),
      ...(isEvent(stored)
        ? { status: "received" as const, ...notesOf(stored.notes) }
        : { status: "rejected" as const, errors: problems.map((problem) => ({ ...problem })) }),
    })),
  };
}

function notesOf(notes: readonly string[] | undefined): { notes?: { code: string; message: string }[] } {
  if (notes === undefined) return {};
  return { notes: notes.map((code) => ({ code, message: EVENT_NOTES[code as EventNote] })) };
}
