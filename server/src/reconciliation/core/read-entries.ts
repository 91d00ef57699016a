import type { BankStatement, StatementEntry, StatementFormat } from "../../banking/index.ts";
import type { EntryMember, NewEntry, StatementProblem } from "../contracts.ts";
import { normalised, referencesIn } from "./references.ts";

const TEXT = 1_000;

/** Formats that word the same entry in the same way. Two exports of a sheet do when their columns are the same. */
export function familyOf(format: StatementFormat, columnsKey: string): string {
  if (format.startsWith("camt")) return "iso";
  if (format.startsWith("mt")) return "swift";
  return format === "csv" || format === "xlsx" ? `sheet ${columnsKey}` : format;
}

export interface ReadEntries {
  readonly entries: readonly NewEntry[];
  /** announced by the bank, and not booked yet: they come again */
  readonly pending: number;
  readonly problems: readonly StatementProblem[];
}

/** The booked entries of a statement. What has no date or no whole amount is a problem: the statement is held then. */
export function readEntries(statement: BankStatement, family: string): ReadEntries {
  const entries: NewEntry[] = [];
  const problems: StatementProblem[] = [];
  let pending = 0;
  for (const entry of statement.entries) {
    if (entry.status === "pending") pending += 1;
    if (entry.status !== "booked") continue;
    const { amount } = entry;
    const bookedOn = entry.bookingDate ?? entry.valueDate;
    const currency = amount?.currency ?? statement.account.currency;
    if (amount?.minor == null || bookedOn === null || currency === null) {
      const what = bookedOn === null ? "no date" : `no amount in whole minor units (${amount?.decimal ?? "none"})`;
      problems.push({ code: "unreadable", sentence: `The entry at ${entry.place} has ${what}.` });
    } else if (amount.minor !== 0n)
      entries.push(entryOf(entry, { family, kind: statement.kind, bookedOn, currency, amountMinor: amount.minor }));
  }
  return { entries, pending, problems };
}

function entryOf(
  entry: StatementEntry,
  known: Pick<NewEntry, "family" | "kind" | "bookedOn" | "currency" | "amountMinor">,
): NewEntry {
  const { references, counterparty, remittance } = entry;
  const text = [...remittance.unstructured, ...remittance.structured, entry.text ?? ""].filter(Boolean).join(" ");
  const single = entry.details.length === 1 ? entry.details[0] : undefined;
  const endToEndId = references.endToEndId ?? single?.references.endToEndId ?? null;
  const party = counterparty ?? single?.counterparty ?? null;
  const refs = referencesIn([...Object.values(references), endToEndId, ...remittance.structured], [text]);
  const original = entry.original?.amount ?? single?.original?.amount;
  const reference =
    references.accountServicer ?? (known.family === "ofx" ? references.entry : references.transactionId);
  const running = entry.runningBalance?.decimal ?? "";
  return {
    ...known,
    bankReference: reference === undefined ? null : normalised(reference) || null,
    contentKey: [
      known.bookedOn, known.amountMinor, known.currency, normalised(endToEndId ?? ""),
      text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "").slice(0, 200), normalised(party?.name ?? "").slice(0, 40), running,
    ].join("|"), // biome-ignore format: one line for each part
    valueOn: entry.valueDate,
    endToEndId,
    refs,
    name: party?.name?.slice(0, 200) ?? null,
    account: party?.iban ?? party?.account ?? null,
    text: text.slice(0, TEXT),
    returned: returnedOf(entry.returned ?? single?.returned ?? null),
    original: original?.minor == null || original.currency === null ? null : { minor: absolute(original.minor), currency: original.currency },
    details: entry.details.length > 1 ? entry.details.map(memberOf) : [],
    batchSize: entry.batchSize ?? (entry.details.length > 1 ? entry.details.length : null),
  }; // biome-ignore format: a record
}

function returnedOf(returned: { readonly code?: string; readonly text?: string } | null): string | null {
  return returned === null ? null : [returned.code, returned.text].filter(Boolean).join(" ") || "returned";
}

function memberOf(detail: StatementEntry["details"][number]): EntryMember {
  const { amount, references, counterparty, remittance } = detail;
  return {
    refs: referencesIn([...Object.values(references), ...remittance.structured], [...remittance.unstructured]),
    minor: amount?.minor == null ? null : String(absolute(amount.minor)),
    currency: amount?.currency ?? null,
    name: counterparty?.name ?? null,
    account: counterparty?.iban ?? counterparty?.account ?? null,
    returned: returnedOf(detail.returned),
  };
}

function absolute(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
