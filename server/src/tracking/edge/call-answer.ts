import type { ServerResponse } from "node:http";
import { ERRORS, type ErrorCode } from "@tributary/contract";
import type { StoredRefusal } from "../contracts.ts";
import type { EventProblem } from "../core/event-fields.ts";
import { EVENT_NOTES, type EventNote } from "../core/parse-event.ts";

/** What the sender of an event is told of it. */
export interface LineAnswer {
  readonly line: number;
  readonly receipt: string;
  readonly status: "received" | "rejected";
  readonly notes?: readonly { readonly code: string; readonly message: string }[];
  readonly errors?: readonly EventProblem[];
}

export function noteAnswers(notes: readonly string[] | undefined): Pick<LineAnswer, "notes"> {
  if (notes === undefined || notes.length === 0) return {};
  return { notes: notes.map((code) => ({ code, message: EVENT_NOTES[code as EventNote] })) };
}

/** An error as problem+json (RFC 9457), with the receipt under which the refused call can be found. */
export function sendProblem(
  res: ServerResponse,
  refusal: StoredRefusal,
  receipt: string | undefined,
  errors: readonly EventProblem[] = [],
): void {
  const code = (refusal.code in ERRORS ? refusal.code : "internal") as ErrorCode;
  const { status, title } = ERRORS[code];
  const one = { field: refusal.field, value: refusal.value, message: refusal.detail, hint: refusal.hint };
  const body = {
    type: `/v1/errors#${code}`,
    title,
    status,
    code,
    detail: refusal.hint === undefined ? refusal.detail : `${refusal.detail}: ${refusal.hint}`,
    ...(receipt === undefined ? undefined : { receipt }),
    ...(errors.length > 0 ? { errors } : refusal.field === undefined ? undefined : { errors: [one] }),
  };
  sendJson(res, status, body, "application/problem+json", status === 503 ? ["Retry-After", "1"] : []);
}

export function sendJson(
  res: ServerResponse,
  status: number,
  body: object,
  type = "application/json",
  more: readonly string[] = [],
): void {
  if (res.headersSent) return;
  const text = JSON.stringify(body);
  res.writeHead(status, [
    "Content-Type",
    type,
    "Cache-Control",
    "no-store",
    "Content-Length",
    String(Buffer.byteLength(text)),
    ...more,
  ]);
  res.end(text);
}
