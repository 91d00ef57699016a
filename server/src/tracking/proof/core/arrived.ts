import { type ArrivedLine, ERRORS } from "@tributary/contract";
import type { StoredEvent } from "../../contracts.ts";
import { EVENT_NOTES, type EventNote } from "../../core/parse-event.ts";
import { readPairs } from "../../core/query.ts";
import { receiptId } from "../../core/receipt-id.ts";
import type { StoredTestLine } from "../../process/contracts.ts";
import { type MissingName, RUN_WORDS } from "./run-words.ts";
import type { ProofLanguage } from "./words.ts";

/** Name under which the test itself sends events. */
export const PROOF_SOURCE = "proof";

/** A line that arrived, with how each parameter was understood and what is missing. */
export function arrivedLine(line: StoredTestLine, language: ProofLanguage): ArrivedLine {
  const words = RUN_WORDS[language];
  const { sent } = line;
  const event = "refused" in sent ? undefined : sent;
  const titles: Readonly<Record<string, { readonly title: string }>> = ERRORS;
  return {
    receiptId: receiptId(line.lane, line.seq, line.line),
    at: line.receivedAt.toISOString(),
    door: line.door,
    type: event?.type ?? null,
    state: event === undefined ? "refused" : "understood",
    reason: line.reason,
    reasonText: words.reasons[line.reason] ?? titles[line.reason]?.title ?? line.reason,
    detail: line.detail,
    understood: event === undefined ? [] : understood(event, line.raw),
    missing: (event === undefined ? [] : missing(event, line.reason)).map((name) => ({
      name,
      text: words.missing[name],
    })),
    notes: (event?.notes ?? []).map((code) => EVENT_NOTES[code as EventNote] ?? code),
    raw: line.raw,
    simulated: line.sourceId === PROOF_SOURCE,
  };
}

function understood(event: StoredEvent, raw: string | null): ArrivedLine["understood"] {
  const pairs = rawPairs(raw);
  const from = (value: string): string | null =>
    pairs.find(([, one]) => one.toLowerCase() === value.toLowerCase())?.[0] ?? null;
  const found: [string, string | undefined, string?][] = [
    ["type", event.type],
    ["externalId", event.externalId],
    ["customerId", event.customerRef],
    ["occurredAt", event.timeGiven === false ? undefined : new Date(event.at).toISOString()],
    ["clickId", event.clickId],
    ["badClickId", event.badClickId],
    ["code", event.code],
    ["partner", event.partnerHint],
    ["currency", event.currency],
  ];
  for (const [name, value] of Object.entries(event.measures ?? {})) found.push([name, `${value} (minor units)`]);
  for (const [name, value] of Object.entries({ ...event.quantities, ...event.dimensions })) found.push([name, value]);
  for (const [name, value] of Object.entries(event.other ?? {})) found.push([`(${name})`, value]);
  return found.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, from: from(value) }]));
}

function rawPairs(raw: string | null): readonly (readonly [string, string])[] {
  if (raw === null) return [];
  const { pairs } = readPairs(raw.replaceAll("\n", "&"));
  return pairs;
}

const PAID: ReadonlySet<string> = new Set(["deposit", "sale"]);

function missing(event: StoredEvent, reason: string): MissingName[] {
  const found: MissingName[] = [];
  if (event.badClickId !== undefined) found.push("bad_click_id");
  else if (event.clickId === undefined && event.code === undefined && reason !== "test_customer")
    found.push("click_id");
  if (event.timeGiven === false) found.push("time");
  if (event.notes?.includes("currency_assumed")) found.push("currency");
  if (PAID.has(event.type) && Object.keys(event.measures ?? {}).length === 0) found.push("amount");
  return found;
}
