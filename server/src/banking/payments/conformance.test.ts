import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import { formatDecimal, parseDecimal } from "../../kernel/decimal.ts";
import { readPaymentStatus } from "../status/read.ts";
import { mixedSum } from "./amounts.ts";
import type { FileRefusal } from "./contracts.ts";
import { readPaymentFile } from "./read.ts";

const data = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data"),
  "payments-out",
);
const skip = existsSync(data) ? false : `skipped: the folder ${data} with the public payment files is not here`;

type Row = Readonly<Record<string, string>>;

function table(name: string): readonly Row[] {
  return parse(readFileSync(join(data, name), "utf8"), { columns: true, bom: true }) as Row[];
}

const bytes = (file: string) => readFileSync(join(data, file));

/**
 * Where the list of facts counts otherwise than the standard: it does not sum the amounts of entries abroad (IAT) and of advices (ADV, whose
 * controls have wider fields), takes lines for records where a file has no line ends, and takes a filler line for the control record.
 */
const COUNTED_OTHERWISE: readonly RegExp[] = [/crash\//, /long-line/, /fixedLength/];
const sumsAreTold = (row: Row) => !/IAT|ADV/.test(row.sec_codes ?? "");

function nachaDifferences(row: Row): readonly string[] {
  const read = readPaymentFile(bytes(row.file ?? ""));
  const facts = read.ok ? read.file.nacha : read.refusal.nacha;
  if (facts === undefined) return [`${row.file}: nothing was counted`];
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ["records", row.records, facts.records],
    ["entries", row.entries_type6, facts.entries],
    ["addenda", row.addenda_type7, facts.addenda],
    ["classes", row.sec_codes, facts.entryClasses.join("/")],
    ["94", row.all_records_94?.startsWith("yes"), facts.all94],
    ...(sumsAreTold(row)
      ? ([
          ["control debit", row.control_debit_cents, facts.controlDebit ?? ""],
          ["control credit", row.control_credit_cents, facts.controlCredit ?? ""],
          ["debit", row.summed_debit_cents, facts.summedDebit],
          ["credit", row.summed_credit_cents, facts.summedCredit],
        ] as const)
      : []),
  ];
  return pairs
    .filter(([, told, counted]) => String(told) !== String(counted))
    .map(([what, told, counted]) => `${row.file}: ${what} ${told}, read ${counted}`);
}

/** Every file that is not a schema, a list of facts or a guide, and what becomes of it. */
const REFUSED: Readonly<Record<string, readonly [FileRefusal["code"], readonly string[]]>> = {
  "cut off": ["not_whole", ["crash/crashers__1.ach", "crash/crashers__3.ach", "crash/crashers__4.ach", "crash/crashers__5.ach", "invalid/file_parsing_missing_file_control.txt", "invalid/return-no-batch-controls.ach", "issue/issue1378__neither_file_record.txt", "issue/issue1378__no_header.txt", "issue/issue751.ach", "other/bh-ed-ad-bh-ed-ad-ed-ad.ach"]],
  "not agreeing": ["not_agreeing", ["other/moov-ids.ach", "other/nonascii-utf8.ach", "other/nonascii.ach"]],
  damaged: ["not_readable", ["iat/20180716-IAT-A17-A18.ach", "iat/20180716-IAT-A17.ach", "invalid/20110729A-invalid.ach", "invalid/adv-invalidBatchEntries.ach", "invalid/iat-invalidAddenda10.ach", "invalid/iat-invalidAddenda14.ach", "invalid/iat-invalidAddenda15.ach", "invalid/iat-invalidAddenda16.ach", "invalid/iat-invalidAddenda17.ach", "invalid/iat-invalidAddenda18.ach", "invalid/iat-invalidBatchControl.ach", "invalid/iat-invalidEntryDetail.ach", "invalid/invalid-two-micro-deposits.ach", "issue/issue1600__1e5RecordBefore1or8.txt", "issue/issue1600__1qFormatCodeIncorrect.txt"]],
  "no payments": ["not_readable", ["other/flattenADVBatchesMultipleBatchHeaders.ach", "other/flattenADVBatchesOneBatchHeader.ach", "sec-codes/adv-read.ach"]],
}; // biome-ignore format: a table

function filesBelow(folder: string): readonly string[] {
  return (readdirSync(join(data, folder), { recursive: true }) as string[])
    .filter((file) => statSync(join(data, folder, file)).isFile())
    .map((file) => `${folder}/${file}`)
    .toSorted();
}

describe("public payment files", { skip }, () => {
  it("ACH: every file is counted as its facts say", (t) => {
    const rows = table("nacha-facts.csv").filter((row) => !COUNTED_OTHERWISE.some((one) => one.test(row.file ?? "")));
    const differences = rows.flatMap(nachaDifferences);
    t.diagnostic(
      `${rows.length} ACH files ran, ${rows.length - new Set(differences.map((one) => one.split(":")[0])).size} held`,
    );
    assert.deepEqual(differences, []);
  });

  it("ACH: what is cut off, damaged or does not agree is refused with the reason, the rest is read", (t) => {
    const expected = new Map<string, FileRefusal["code"]>(
      Object.values(REFUSED).flatMap(([code, files]) => files.map((file) => [`nacha/${file}`, code] as const)),
    );
    const files = filesBelow("nacha").filter((file) => /\.(?:ach|txt)$/.test(file));
    const wrong = files.filter((file) => {
      const read = readPaymentFile(bytes(file));
      return (read.ok ? undefined : read.refusal.code) !== expected.get(file);
    });
    t.diagnostic(
      `${files.length} ACH files ran, ${files.length - wrong.length} held: ${expected.size} refused, ${files.length - expected.size} read`,
    );
    assert.deepEqual(wrong, []);
  });

  it("pain.001 and pain.008: transactions, sums, currencies and whether the header agrees are as the facts say", (t) => {
    const rows = table("pain001-facts.csv");
    const wrong = rows.flatMap((row) => {
      const read = readPaymentFile(bytes(row.file ?? ""));
      if (!read.ok) return row.transactions === "0" ? [] : [`${row.file}: ${read.refusal.message}`];
      const { payments, totals, control } = read.file;
      const told = parseDecimal(row.sum_instructed ?? "");
      const facts = [
        row.transactions,
        told && formatDecimal(told),
        row.currencies,
        row.first_NbOfTxs,
        row.first_CtrlSum,
        row.header_agrees,
      ];
      const currencies = totals.map(({ currency }) => currency).toSorted();
      const seen = [
        payments.length,
        mixedSum(payments),
        currencies.join("/"),
        control.transactions,
        control.sum ?? "",
        control.agrees ? "yes" : "no",
      ];
      return facts.join(" ") === seen.join(" ") ? [] : [`${row.file}: ${facts.join(" ")}, read ${seen.join(" ")}`];
    });
    t.diagnostic(`${rows.length} pain files ran, ${rows.length - wrong.length} held`);
    assert.deepEqual(wrong, []);
  });

  it("pain.002: every report says its statuses, with the ids that were sent", (t) => {
    const STATUSES: Readonly<Record<string, string>> = {
      "cross_river/pain_002_debit_accepted.xml": "file accepted DD1 · block accepted DD1-1 · payment accepted DD1-1 · payment accepted DD1-2 · payment accepted DD1-3",
      "cross_river/pain_002_transaction_rejected.xml": "file accepted missing2 · block rejected missing2 · payment rejected sanity-10-1-12-1-21 NARR · payment rejected example01234567 NARR · payment rejected example012345678 NARR",
      "goldman_sachs/pain_002_v3_accepted.xml": "payment accepted GSDGFKfLURaHb",
      "goldman_sachs/pain_002_v3_group_accepted.xml": "file accepted CLIENT NAME_2023-09-06:04 NARR",
      "nordea/pain_002_v3_payment_reject.xml": "block rejected PMTINFID-COM-SCE25-1707-01 NARR",
      "nordea/pain_002_v3_txn_reject.xml": "block rejected PMTINFID-950-TEST2-2807-01 · payment rejected ENDTOENDID-950-TEST2-2807-02 NARR · payment rejected ENDTOENDID-950-TEST2-2807-01 NARR",
      "postfinance/pain002-epo_p_0_0_0_2018031510491259.xml": "file accepted MsgId-001",
      "postfinance/pain002-epo_p_0_0_0_2018032614401842.xml": "file rejected MsgId-005 AM10",
      "postfinance/pain002-epo_p_ch5109000000250092291_1110097605_0_2018031511252307.xml": "block partial PmtInfId-001-03 · payment rejected EndToEndId-001-03-04 AC01",
    }; // biome-ignore format: a table
    const files = filesBelow("pain002");
    const seen = files.map((file) => {
      const read = readPaymentStatus(bytes(file));
      if (!read.ok) return [file, read.refusal.message];
      const lines = read.report.statuses.map(({ level, status, references, reason }) => {
        const { endToEndId, blockId, messageId } = references;
        return `${level} ${status} ${endToEndId ?? blockId ?? messageId}${reason === null ? "" : ` ${reason.code}`}`;
      });
      return [file, lines.join(" · ")];
    });
    const held = seen.filter(([file, text]) => STATUSES[(file ?? "").replace("pain002/", "")] === text).length;
    t.diagnostic(`${files.length} status reports ran, ${held} held`);
    assert.deepEqual(
      Object.fromEntries(seen),
      Object.fromEntries(Object.entries(STATUSES).map(([file, text]) => [`pain002/${file}`, text])),
    );
  });

  it("ACH returns and notifications of change are told in words", (t) => {
    const RETURNS: Readonly<Record<string, string>> = {
      "iat/iat-addenda98.ach": "accepted C01 89722-C3",
      "other/cor-example.ach": "accepted C01 1918171614",
      "other/return-PPD-custom-reason-code.ach": "returned R97",
      "other/return-WEB.ach": "returned R01 · returned R03",
      "invalid/iat-invalidAddenda98.ach": "accepted C78 89722-C3",
      "invalid/iat-invalidAddenda99.ach": "returned R96",
      "invalid/pos-invalidReturnFile.ach": "returned R96",
      "invalid/web-invalidNOCFile.ach": "accepted C92 1918171614",
    };
    const files = filesBelow("nacha").filter((file) => /\.(?:ach|txt)$/.test(file));
    const seen = files.flatMap((file) => {
      const read = readPaymentStatus(bytes(file));
      if (!read.ok) return [];
      const texts = read.report.statuses.map(
        ({ status, told, correction }) => `${status} ${told}${correction === null ? "" : ` ${correction.value}`}`,
      );
      return [[file.replace("nacha/", ""), texts.join(" · ")]];
    });
    t.diagnostic(
      `${Object.keys(RETURNS).length} files of returns ran, ${seen.filter(([file, text]) => RETURNS[file ?? ""] === text).length} held`,
    );
    assert.deepEqual(Object.fromEntries(seen), RETURNS);
  });

  it("everything else that is here is read or refused with a sentence and a way out", (t) => {
    const files = ["nacha", "pain001", "pain002", "mt101", "facts", "xsd"].flatMap(filesBelow);
    let read = 0;
    for (const file of files) {
      const order = readPaymentFile(bytes(file));
      const status = readPaymentStatus(bytes(file));
      if (order.ok || status.ok) read += 1;
      else assert.ok(order.refusal.message.endsWith(".") && order.refusal.hint.length > 10, file);
    }
    t.diagnostic(
      `${files.length} files ran, ${files.length} held: ${read} read, ${files.length - read} refused with a reason`,
    );
    const swift = readPaymentFile(bytes("mt101/prowide_MT101.fin"));
    assert.ok(swift.ok);
    assert.deepEqual(
      [swift.file.payments[0]?.minor, swift.file.payments[0]?.currency, swift.file.payments[0]?.party.bic],
      [1400n, "CNY", "CIBKCNBJ473"],
    );
    const json = readPaymentFile(bytes("nacha/invalid/ppd-invalid.json"));
    assert.match(json.ok ? "" : json.refusal.message, /moov/);
  });
});
