import { nachaRefusal, parseNacha, stampOf } from "../payments/nacha/read.ts";
import type { NachaBatch, NachaEntry } from "../payments/nacha/records.ts";
import type { PaymentStatus, ReadStatus } from "./contracts.ts";
import { CHANGE_CODES, RETURN_CODES } from "./nacha-codes.ts";

/**
 * Reads a return file of the ACH network: entries with addenda 99 came back, those with addenda 98 arrived but their details are to be
 * written otherwise from now on.
 */
export function readNachaStatus(bytes: Uint8Array): ReadStatus {
  const parsed = parseNacha(bytes);
  if ("code" in parsed) return { ok: false, refusal: parsed };
  const first = parsed.faults[0];
  if (first !== undefined) return { ok: false, refusal: nachaRefusal(parsed, first) };
  const at = stampOf(parsed.header?.text ?? "");
  const statuses = parsed.batches.flatMap((batch) => batch.entries.flatMap((entry) => statusesOf(entry, batch, at)));
  if (statuses.length === 0) {
    const message = "The ACH file holds no return and no notification of change.";
    const hint = "It is a file of payments: read it as one.";
    return { ok: false, refusal: { code: "not_known", message, hint, remarks: [], nacha: parsed.facts } };
  }
  const header = parsed.header?.text ?? "";
  return {
    ok: true,
    report: {
      format: "nacha-return",
      id: header.slice(13, 23).trim() || null,
      createdAt: at,
      statuses,
      remarks: parsed.remarks,
    },
  };
}

function statusesOf(entry: NachaEntry, batch: NachaBatch, at: string | null): readonly PaymentStatus[] {
  return entry.addenda.flatMap(({ text }) => {
    if (text.startsWith("799")) return [returned(entry, batch, text, at)];
    return text.startsWith("798") ? [changed(entry, batch, text, at)] : [];
  });
}

function references(entry: NachaEntry, batch: NachaBatch, addenda: string): PaymentStatus["references"] {
  const trace = addenda.slice(6, 21).trim();
  return {
    blockId: batch.header.text.slice(87, 94),
    ...(trace === "" || /^0+$/.test(trace) ? {} : { traceNumber: trace }),
    ...(entry.id === "" ? {} : { endToEndId: entry.id }),
    providerId: entry.trace.trim(),
  };
}

function amountOf(entry: NachaEntry): PaymentStatus["amount"] {
  return entry.amount === 0n ? null : { minor: entry.amount, currency: "USD" };
}

function returned(entry: NachaEntry, batch: NachaBatch, addenda: string, at: string | null): PaymentStatus {
  const code = addenda.slice(3, 6);
  // An entry abroad repeats its amount in front of the text.
  const told = addenda.slice(batch.entryClass === "IAT" ? 45 : 35, 79).trim();
  const known = RETURN_CODES.get(code) ?? `the code ${code}, which NACHA does not publish: ask the bank what it means`;
  const text = told === "" || /^0*\d+$/.test(told) ? known : `${known}: ${told}`;
  const refs = references(entry, batch, addenda);
  return {
    level: "payment",
    references: refs,
    status: "returned",
    told: code,
    reason: { code, text },
    sentence: `The payment ${refs.endToEndId ?? refs.traceNumber ?? entry.trace} came back: ${text} (${code}).`,
    at,
    amount: amountOf(entry),
    correction: null,
  };
}

function changed(entry: NachaEntry, batch: NachaBatch, addenda: string, at: string | null): PaymentStatus {
  const code = addenda.slice(3, 6);
  const value = addenda.slice(35, 64).trim();
  const what = CHANGE_CODES.get(code) ?? `what ${code} means, which NACHA does not publish`;
  const refs = references(entry, batch, addenda);
  return {
    level: "payment",
    references: refs,
    status: "accepted",
    told: code,
    reason: null,
    sentence: `The payment ${refs.endToEndId ?? refs.traceNumber ?? entry.trace} arrived; from now on the bank wants ${what} written as ${value} (${code}).`,
    at,
    amount: amountOf(entry),
    correction: { code, text: what, value },
  };
}
