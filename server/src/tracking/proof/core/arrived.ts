import { type ArrivedLine, ERRORS } from "@tributary/contract";
import { formatDecimal, parseDecimal } from "../../../kernel/decimal.ts";
import { money, toDecimal } from "../../../kernel/money.ts";
import type { StoredEvent } from "../../contracts.ts";
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
    // What is missing says already that the time or the currency was assumed, and what to send.
    notes: (event?.notes ?? []).filter((code) => !SAID_BY_MISSING.has(code)).map((code) => words.notes[code] ?? code),
    raw: line.raw,
    simulated: line.sourceId === PROOF_SOURCE,
  };
}

const SAID_BY_MISSING: ReadonlySet<string> = new Set(["time_assumed", "currency_assumed"]);

function understood(event: StoredEvent, raw: string | null): ArrivedLine["understood"] {
  const pairs = rawPairs(raw);
  const from = (value: string): string | null => pairs.find(([, one]) => isSame(one, value))?.[0] ?? null;
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
  for (const [name, value] of Object.entries(event.measures ?? {}))
    found.push([
      name,
      event.currency === undefined ? value : formatDecimal(toDecimal(money(BigInt(value), event.currency))),
    ]);
  for (const [name, value] of Object.entries({ ...event.quantities, ...event.dimensions })) found.push([name, value]);
  for (const [name, value] of Object.entries(event.other ?? {})) found.push([`(${name})`, value]);
  return found.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, from: from(value) }]));
}

/** The same text in any case, or the same number: `250` was sent for 250.00. */
function isSame(sent: string, value: string): boolean {
  if (sent.toLowerCase() === value.toLowerCase()) return true;
  const [one, other] = [parseDecimal(sent), parseDecimal(value)];
  return one !== undefined && other !== undefined && formatDecimal(one) === formatDecimal(other);
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
