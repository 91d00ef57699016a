import { sumOf, totalsOf } from "../amounts.ts";
import { fit } from "../characters.ts";
import type { PaymentBatch, WrittenFile } from "../contracts.ts";
import { type Demands, endOfId, Findings, type Prepared, prepare } from "../prepare.ts";

const DEMANDS: Demands = {
  methods: ["bank"],
  idSet: "latin",
  idLength: 35,
  // Bacs carries at most £20 million in one payment.
  mostMinor: 2_000_000_000n,
  debtor: true,
  most: 999_999,
};

interface Written {
  readonly record: string;
  readonly reference: string;
}

/**
 * A Bacs submission (Standard 18): labels VOL1, HDR1, HDR2, UHL1 of 80 characters, one credit of 100 characters for each payment, one
 * contra record for each paying account, and the labels at the end with the totals. One processing day a file.
 */
export function writeBacs(batch: PaymentBatch): WrittenFile {
  const findings = new Findings();
  const prepared = prepare(batch, DEMANDS, findings);
  const user = batch.options?.bacs?.serviceUserNumber ?? batch.initiator.id ?? "";
  const serial = batch.options?.bacs?.serial ?? serialOf(batch.id);
  checkBacs(batch, prepared, user, serial, findings);
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  const texts = Map.groupBy(prepared, (one) => fit(saidOf(one), "bacs", 18).text);
  const alone = (text: string) => texts.get(text)?.length === 1;
  const credits = prepared.map((one) => credit(one, batch, referenceOf(one, alone, findings), findings));
  const accounts = [...Map.groupBy(prepared, ({ debtor }) => JSON.stringify(debtor.fields)).values()];
  const contras = accounts.map((group) => contra(group, batch, findings));
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  const amounts = batch.payments.map((payment) => payment.amount);
  const total = sumOf(amounts);
  const lines = [
    ...headers(batch, user, serial),
    ...credits.map((one) => one.record),
    ...contras,
    ...trailers(batch, user, serial, total, credits.length, contras.length),
  ];
  return {
    ok: true,
    file: {
      format: "bacs",
      fileName: `${batch.id.replace(/[^A-Za-z0-9.-]/g, "-")}.txt`,
      mediaType: "text/plain",
      bytes: new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join("")),
      payments: amounts.length,
      totals: totalsOf(amounts),
      controlSum: total.toString(),
      changes: findings.changes,
      references: batch.payments.map(({ id }, index) => ({
        paymentId: id,
        reference: credits[index]?.reference ?? id,
      })),
    },
  };
}

/** Six letters and digits out of the batch's id, its end: that is where ids differ. */
function serialOf(id: string): string {
  return id
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(-6)
    .padStart(6, "0");
}

function checkBacs(
  batch: PaymentBatch,
  prepared: readonly Prepared[],
  user: string,
  serial: string,
  findings: Findings,
): void {
  if (!/^\d{6}$/.test(user)) {
    const hint = "Give the six digits that the sponsoring bank gave (options.bacs.serviceUserNumber).";
    findings.refuse(null, "options.bacs.serviceUserNumber", user, [
      user === "" ? "missing" : "wrong_format",
      "is no service user number",
      hint,
    ]);
  }
  if (!/^[A-Z0-9]{6}$/.test(serial) || /^0+$/.test(serial)) {
    const hint = "Give six letters or digits, not all noughts, another for each file of a day.";
    findings.refuse(null, "options.bacs.serial", serial, ["wrong_format", "is no serial number", hint]);
  }
  const day = new Date(`${batch.executionDate}T00:00:00Z`).getUTCDay();
  if (day === 0 || day === 6) {
    findings.refuse(null, "executionDate", batch.executionDate, [
      "wrong_date",
      "is a weekend",
      "Give the working day on which it is processed.",
    ]);
  }
  for (const { payment, account, amount, executionDate, debtor } of prepared) {
    if (amount.currency !== "GBP") {
      const why = ["is not carried by Bacs", "Pay it by pain.001 or MT101, or in pounds."] as const;
      findings.refuse(payment.id, "amount.currency", amount.currency, ["currency_not_taken", ...why]);
    } else if (account.fields.sortCode === undefined) {
      const why = ["is not a British account with its sort code", "Pay it by pain.001 or MT101."] as const;
      findings.refuse(payment.id, "payee.account.sortCode", "", ["not_domestic", ...why]);
    } else if (debtor.fields.sortCode === undefined) {
      const why = ["is missing", "Pay from a British account with its sort code."] as const;
      findings.refuse(payment.id, "debtor.sortCode", "", ["missing", ...why]);
    }
    if (executionDate !== batch.executionDate) {
      const hint = "Write one file for each day.";
      findings.refuse(payment.id, "executionDate", executionDate, ["one_date", "is another day than the file's", hint]);
    }
  }
}

/** ` YYDDD`: the year's last two digits and the day of the year. */
function julian(day: string): string {
  const [year, start] = [day.slice(0, 4), Date.UTC(Number(day.slice(0, 4)), 0, 1)];
  const number = (Date.parse(`${day}T00:00:00Z`) - start) / 86_400_000 + 1;
  return ` ${year.slice(2)}${String(number).padStart(3, "0")}`;
}

function headers(batch: PaymentBatch, user: string, serial: string): readonly string[] {
  const processing = julian(batch.executionDate);
  return [
    `VOL1${serial}${" ".repeat(31)}${user}${" ".repeat(32)}1`,
    `HDR1${fileLabel(batch, user, serial)}`,
    `HDR2F0200000100${" ".repeat(35)}00${" ".repeat(28)}`,
    `UHL1${processing}999999    00${" ".repeat(6)}1 DAILY  001${" ".repeat(40)}`,
  ];
}

/** What HDR1 and EOF1 have in common. The expiry is the processing day: before it the file may not be written over. */
function fileLabel(batch: PaymentBatch, user: string, serial: string): string {
  const created = julian(batch.createdAt.toISOString().slice(0, 10));
  const identifier = `A${user}S  1${user}${serial}00010001${" ".repeat(6)}`;
  return `${identifier}${created}${julian(batch.executionDate)} 000000${" ".repeat(20)}`;
}

function trailers(
  batch: PaymentBatch,
  user: string,
  serial: string,
  total: bigint,
  credits: number,
  debits: number,
): readonly string[] {
  const money = String(total).padStart(13, "0");
  const count = (value: number) => String(value).padStart(7, "0");
  return [
    `EOF1${fileLabel(batch, user, serial)}`,
    `EOF2F0200000100${" ".repeat(35)}00${" ".repeat(28)}`,
    `UTL1${money}${money}${count(debits)}${count(credits)}${" ".repeat(36)}`,
  ];
}

function saidOf({ payment }: Prepared): string {
  return (payment.remittance ?? payment.reference ?? "").trim();
}

/**
 * The text that the payee reads and that returns carry: the one that was asked for when it fits and no other payment of the file has it,
 * otherwise the end of the payment's id. A return that could be of two payments is of none.
 */
function referenceOf(one: Prepared, alone: (text: string) => boolean, findings: Findings): string {
  const said = saidOf(one);
  const { text } = fit(said, "bacs", 19);
  if (text !== "" && text.length <= 18 && alone(text))
    return findings.text(one.payment.id, "remittance", said, "bacs", 18);
  const reference = fit(endOfId(one.payment.id, 18), "bacs", 18).text;
  if (said !== "") findings.change(one.payment.id, "remittance", said, reference);
  return reference;
}

function credit(
  { payment, account, amount, debtor }: Prepared,
  batch: PaymentBatch,
  reference: string,
  findings: Findings,
): Written {
  const { id } = payment;
  const record = [
    account.fields.sortCode,
    account.fields.accountNumber,
    "099",
    debtor.fields.sortCode,
    debtor.fields.accountNumber,
    "    ",
    String(amount.minor).padStart(11, "0"),
    findings.text(id, "initiator.name", batch.initiator.name, "bacs", 18).padEnd(18),
    reference.padEnd(18),
    findings.text(id, "payee.name", payment.payee.name, "bacs", 18).padEnd(18),
  ].join("");
  return { record, reference };
}

/** The debit of the paying account that balances its credits. */
function contra(group: readonly Prepared[], batch: PaymentBatch, findings: Findings): string {
  const { fields, holder } = group[0]?.debtor ?? { fields: {}, holder: "" };
  const total = sumOf(group.map((one) => one.amount));
  if (total > 99_999_999_999n) {
    const hint = "Divide it into several files.";
    findings.refuse(null, "payments", String(total), [
      "amount_too_large",
      "are more than a contra record can say",
      hint,
    ]);
  }
  return [
    fields.sortCode,
    fields.accountNumber,
    "017",
    fields.sortCode,
    fields.accountNumber,
    "    ",
    String(total).padStart(11, "0"),
    findings.text(null, "id", batch.id, "bacs", 18).padEnd(18),
    "CONTRA".padEnd(18),
    findings.text(null, "debtor.holder", holder, "bacs", 18).padEnd(18),
  ].join("");
}
