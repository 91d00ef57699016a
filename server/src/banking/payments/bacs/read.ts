import { totalsOf } from "../amounts.ts";
import type { ReadFile, ReadPayment, ReadRemark } from "../contracts.ts";
import { decodeText } from "../decode.ts";

const LABELS = ["VOL1", "HDR1", "HDR2", "UHL1"] as const;

/** Reads a Bacs submission (Standard 18) and holds its trailer against what it sums up. */
export function readBacs(bytes: Uint8Array): ReadFile {
  const lines = decodeText(bytes)
    .text.split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "");
  const label = (name: string) => lines.find((line) => line.startsWith(name));
  const missing = [...LABELS, "EOF1", "UTL1"].filter((name) => label(name) === undefined);
  if (missing.length > 0) return refused("not_whole", `has no ${missing.join(", ")}`, []);
  const header = label("UHL1") ?? "";
  const day = dayOf(header.slice(4, 10));
  const records = lines.filter((line) => /^[\d ]/.test(line));
  const remarks = lines.flatMap((line, index) => {
    if (/^[\d ]/.test(line)) return recordFaults(line, index + 1);
    const known = /^(?:VOL|HDR|UHL|EOF|EOV|UTL)/.test(line);
    return known ? [] : [fault(index + 1, "record_type", "is no record of Bacs")];
  });
  if (remarks[0] !== undefined) return refused("not_readable", `${remarks[0].where} ${remarks[0].message}`, remarks);
  const read = records.map((line) => ({ line, payment: paymentOf(line, day) }));
  const credits = read.filter(({ payment }) => payment.direction === "credit");
  const debits = read.filter(({ payment }) => payment.direction === "debit");
  const disagreements = totalsFaults(label("UTL1") ?? "", credits, debits);
  if (disagreements[0] !== undefined) {
    return refused("not_agreeing", `${disagreements[0].where} ${disagreements[0].message}`, disagreements);
  }
  // A contra record is the other side of the same money, not a payment.
  const payments = read.filter(({ line }) => line.slice(64, 82).trim() !== "CONTRA").map(({ payment }) => payment);
  const trailer = label("UTL1") ?? "";
  return {
    ok: true,
    file: {
      kind: "bacs",
      format: "Bacs Standard 18",
      id: (label("VOL1") ?? "").slice(4, 10),
      createdAt: dayOf((label("HDR1") ?? "").slice(41, 47)),
      payments,
      totals: totalsOf(payments),
      control: { transactions: credits.length + debits.length, sum: trailer.slice(17, 30), agrees: true },
      remarks: [],
    },
  };
}

function fault(line: number, code: string, message: string): ReadRemark {
  return { where: `record ${line}`, code, message };
}

function refused(
  code: "not_whole" | "not_readable" | "not_agreeing",
  message: string,
  remarks: readonly ReadRemark[],
): ReadFile {
  const hint = "Ask the sender for the file as its program wrote it.";
  return { ok: false, refusal: { code, message: `The Bacs file ${message}.`, hint, remarks: remarks.slice(0, 50) } };
}

function dayOf(text: string): string | null {
  const [, year, number] = /^ (\d\d)(\d{3})$/.exec(text) ?? [];
  if (year === undefined || number === undefined || Number(number) < 1 || Number(number) > 366) return null;
  return new Date(Date.UTC(2000 + Number(year), 0, Number(number))).toISOString().slice(0, 10);
}

const RECORD = /^\d{14}[\d ](?:99|Z[45]|0[1-9CNS]|1[7-9])\d{6}.{8}.{4}\d{11}/;

function recordFaults(line: string, number: number): readonly ReadRemark[] {
  if (line.length < 46 || line.length > 106) return [fault(number, "length", `has ${line.length} characters`)];
  return RECORD.test(line) ? [] : [fault(number, "form", "is not built like a payment of Bacs")];
}

function paymentOf(line: string, day: string | null): ReadPayment {
  const code = line.slice(15, 17);
  const reference = line.slice(64, 82).trim();
  return {
    id: reference,
    direction: code === "99" || code.startsWith("Z") ? "credit" : "debit",
    minor: BigInt(line.slice(35, 46)),
    currency: "GBP",
    party: { name: line.slice(82, 100).trim(), account: line.slice(6, 14), bankCode: line.slice(0, 6), country: "GB" },
    remittance: reference === "" ? [] : [reference],
    executionDate: dayOf(line.slice(100, 106)) ?? day,
    block: line.slice(17, 31),
  };
}

interface Summed {
  readonly payment: ReadPayment;
}

function totalsFaults(trailer: string, credits: readonly Summed[], debits: readonly Summed[]): readonly ReadRemark[] {
  const sum = (list: readonly Summed[]) => list.reduce((total, { payment }) => total + payment.minor, 0n);
  const pad = (value: bigint | number, width: number) => String(value).padStart(width, "0");
  const expected = [
    ["value of debits", trailer.slice(4, 17), pad(sum(debits), 13)],
    ["value of credits", trailer.slice(17, 30), pad(sum(credits), 13)],
    ["number of debits", trailer.slice(30, 37), pad(debits.length, 7)],
    ["number of credits", trailer.slice(37, 44), pad(credits.length, 7)],
  ] as const;
  return expected
    .filter(([, told, counted]) => told !== counted)
    .map(([what, told, counted]) => ({
      where: "UTL1",
      code: "totals",
      message: `says ${told} for the ${what}, there are ${counted}`,
    }));
}
