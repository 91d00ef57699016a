import type { ErrorCode } from "@tributary/contract";
import type { StoredCall, StoredEvent, StoredLine, StoredRefusal } from "../contracts.ts";
import { type EventProblem, type ReadFields, readEventFields } from "../core/event-fields.ts";
import { flattenEvent } from "../core/json-event.ts";
import { type ParseContext, parseEvent, toStored } from "../core/parse-event.ts";
import { cutText, storable } from "../core/stored.ts";

/** One event of a call, read: what is stored of it, and all that is wrong with it. */
export interface ReadLine {
  readonly stored: StoredLine;
  readonly problems: readonly EventProblem[];
}

const RAW_LENGTH = 1024;

/** Reads one event from its parameters. @param raw what is kept of it when it is refused */
export function readLine(line: number, read: ReadFields, context: ParseContext, raw: () => string): ReadLine {
  const result = parseEvent(read, context);
  if (result.event !== undefined) return { stored: toStored(line, result.event), problems: [] };
  return {
    stored: { line, refused: refusalOf(result.problems), raw: cutText(storable(raw()), RAW_LENGTH) },
    problems: result.problems,
  };
}

/** Reads one event from a JSON value. */
export function readJsonLine(line: number, value: unknown, context: ParseContext): ReadLine {
  const flat = flattenEvent(value);
  const read = readEventFields(flat.pairs);
  const whole = flat.problems.length === 0 ? read : { ...read, problems: [...flat.problems, ...read.problems] };
  return readLine(line, whole, context, () => JSON.stringify(value) ?? "");
}

/** The first problem stands for the event; the answer names them all. */
export function refusalOf(problems: readonly EventProblem[]): StoredRefusal {
  const [first] = problems;
  if (first === undefined) throw new Error("a refusal needs a problem");
  return {
    code: first.code,
    detail: first.message,
    field: cutText(storable(first.field), 100),
    ...(first.value === undefined ? undefined : { value: cutText(storable(first.value), 200) }),
    hint: first.hint,
  };
}

/** A refusal of a whole call. */
export function callRefusal(code: ErrorCode, detail: string, field?: string, hint?: string): StoredRefusal {
  return {
    code,
    detail,
    ...(field === undefined ? undefined : { field }),
    ...(hint === undefined ? undefined : { hint }),
  };
}

export function isEvent(line: StoredLine): line is StoredEvent {
  return !("refused" in line);
}

/** The body of an entry of kind 3. */
export function callBody(call: Omit<StoredCall, "v">): string {
  return JSON.stringify({ v: 1, ...call } satisfies StoredCall);
}
