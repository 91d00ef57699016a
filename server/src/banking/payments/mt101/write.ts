import { amountText, mixedSum, totalsOf } from "../amounts.ts";
import { fit } from "../characters.ts";
import type { Address, BankDetail, PaymentBatch, WrittenFile } from "../contracts.ts";
import { accountText, clearingOf, reportUncarried } from "../pain001/route.ts";
import { type Demands, endOfId, Findings, type Prepared, prepare } from "../prepare.ts";

const DEMANDS: Demands = {
  methods: ["bank"],
  idSet: "latin",
  idLength: 35,
  mostMinor: 99_999_999_999_999n,
  debtor: true,
  most: 50_000,
};

/** A message may have 10,000 characters; the rest goes into the next of its chain (field 28D). */
const ROOM = 9_500;
const CLEARING_PREFIX: Readonly<Record<string, string>> = {
  USABA: "FW",
  GBDSC: "SC",
  AUBSB: "AU",
  CACPA: "CC",
  INFSC: "IN",
  HKNCC: "HK",
  ZANCC: "ZA",
  CNAPS: "CN",
  JPZGN: "JP",
};

/**
 * SWIFT MT101, request for transfer: one chain of messages for each paying account and day, transactions of sequence B with beneficiary,
 * bank and charges. Source: SWIFT Standards MT, category 1.
 */
export function writeMt101(batch: PaymentBatch): WrittenFile {
  const findings = new Findings();
  const prepared = prepare(batch, DEMANDS, findings);
  checkMt101(batch, prepared, findings);
  const transactions = prepared.map((one) => ({ one, text: transaction(one, findings) }));
  const groups = [
    ...Map.groupBy(transactions, ({ one }) => JSON.stringify([one.debtor.fields, one.executionDate])).values(),
  ];
  const messages = groups.flatMap((group, index) =>
    chain(batch, group, groups.length === 1 ? "" : `${index + 1}`, findings),
  );
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  const amounts = batch.payments.map((payment) => payment.amount);
  return {
    ok: true,
    file: {
      format: "mt101",
      fileName: `${batch.id.replace(/[^A-Za-z0-9.-]/g, "-")}.fin`,
      mediaType: "text/plain",
      bytes: new TextEncoder().encode(messages.join("\r\n")),
      payments: amounts.length,
      totals: totalsOf(amounts),
      controlSum: mixedSum(amounts),
      changes: findings.changes,
      references: batch.payments.map(({ id }) => ({ paymentId: id, reference: endOfId(id, 16) })),
    },
  };
}

function checkMt101(batch: PaymentBatch, prepared: readonly Prepared[], findings: Findings): void {
  const { sender = "", receiver = "" } = batch.options?.mt101 ?? {};
  for (const [field, bic] of [
    ["sender", sender],
    ["receiver", receiver],
  ] as const) {
    if (/^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$/.test(bic)) continue;
    const hint = "Give the BIC under which messages are exchanged (8 or 11 characters).";
    findings.refuse(null, `options.mt101.${field}`, bic, [bic === "" ? "missing" : "wrong_format", "is no BIC", hint]);
  }
  const seen = new Set<string>();
  for (const { payment, account } of prepared) {
    reportUncarried(payment.id, account, "MT101", memberOf(account) !== undefined, findings);
    const reference = endOfId(payment.id, 16);
    if (seen.has(reference)) {
      const hint = "SWIFT has room for 16 characters: give ids that differ in their last 16.";
      findings.refuse(payment.id, "id", payment.id, ["duplicate_id", "ends like another one of this file", hint]);
    }
    seen.add(reference);
  }
  for (const { payment, account } of prepared) {
    if (account.fields.bic !== undefined || memberOf(account) !== undefined || account.fields.iban !== undefined)
      continue;
    const hint = "Ask the payee for the BIC of its bank.";
    findings.refuse(payment.id, "payee.account.bic", "", [
      "missing",
      "is missing: no bank can be found without it",
      hint,
    ]);
  }
}

interface Transaction {
  readonly one: Prepared;
  readonly text: string;
}

function chain(
  batch: PaymentBatch,
  group: readonly Transaction[],
  part: string,
  findings: Findings,
): readonly string[] {
  const first = group[0]?.one;
  if (first === undefined) return [];
  const parts: string[][] = [[]];
  let used = 0;
  for (const { text } of group) {
    if (used + text.length > ROOM - 600 && used > 0) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(text);
    used += text.length;
  }
  const { sender = "", receiver = "" } = batch.options?.mt101 ?? {};
  const account = first.debtor.fields.bic;
  const payer = ordering(first, findings);
  return parts.map((texts, index) =>
    [
      `{1:F01${terminal(sender, "A")}0000000000}{2:I101${terminal(receiver, "X")}N}{4:`,
      `:20:${endOfId(batch.id, 16 - part.length)}${part}`,
      `:28D:${index + 1}/${parts.length}`,
      payer,
      ...(account === undefined ? [] : [`:52A:${account}`]),
      `:30:${first.executionDate.replaceAll("-", "").slice(2)}`,
      ...texts,
      "-}",
    ].join("\r\n"),
  );
}

/** A logical terminal: eight characters, a letter (the sender's own; X, any of them, for the receiver) and the branch. */
function terminal(bic: string, letter: "A" | "X"): string {
  return `${bic.slice(0, 8)}${letter}${bic.slice(8) || "XXX"}`;
}

function ordering({ debtor, payment }: Prepared, findings: Findings): string {
  const lines = nameLines(payment.id, "debtor", debtor.holder, debtor.address, findings);
  return [`:50H:/${accountText(debtor)}`, ...lines].join("\r\n");
}

/** Name and address in four lines of 35: a name that is longer takes the second line. */
function nameLines(
  paymentId: string,
  field: string,
  name: string,
  address: Address | undefined,
  findings: Findings,
): readonly string[] {
  const fitted = findings.text(paymentId, `${field}.name`, name, "latin", 70);
  const street = address === undefined ? "" : `${address.street ?? ""} ${address.building ?? ""}`;
  const town = address === undefined ? "" : `${address.country} ${address.postCode ?? ""} ${address.town ?? ""}`;
  const lines = [street, town]
    .map((text) => part(paymentId, `${field}.address`, text, findings))
    .filter((text) => text !== "");
  return [...wrap(fitted), ...lines].slice(0, 4).map(safeStart);
}

function part(paymentId: string, field: string, text: string, findings: Findings): string {
  return text.trim() === "" ? "" : findings.text(paymentId, field, text, "latin", 35);
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += 35) lines.push(text.slice(start, start + 35).trim());
  return lines.filter((line) => line !== "");
}

/** A line of a field must not begin like the next field. */
function safeStart(line: string): string {
  return /^[:-]/.test(line) ? `.${line.slice(1)}` : line;
}

const CHARGES = { shared: "SHA", payer: "OUR", payee: "BEN" } as const;

function transaction(one: Prepared, findings: Findings): string {
  const { payment, account, amount } = one;
  const text = payment.remittance ?? payment.reference ?? "";
  const remittance = text.trim() === "" ? "" : findings.text(payment.id, "remittance", text, "latin", 140);
  const bank = bankField(one);
  return [
    `:21:${endOfId(payment.id, 16)}`,
    `:32B:${amount.currency}${decimalComma(amountText(amount))}`,
    ...(bank === undefined ? [] : [bank]),
    [
      `:59:/${accountText(account)}`,
      ...nameLines(payment.id, "payee", payment.payee.name, payment.payee.address, findings),
    ].join("\r\n"),
    ...(remittance === "" ? [] : [`:70:${wrap(remittance).slice(0, 4).map(safeStart).join("\r\n")}`]),
    `:71A:${CHARGES[payment.chargeBearer ?? "shared"]}`,
  ].join("\r\n");
}

/** SWIFT writes a comma, also behind whole numbers. */
function decimalComma(text: string): string {
  return text.includes(".") ? text.replace(".", ",") : `${text},`;
}

/** The clearing number of the account's bank as field 57 writes it: `//FW021000021`; not every clearing has a code there. */
function memberOf(account: BankDetail): string | undefined {
  const clearing = clearingOf(account);
  const prefix = clearing === undefined ? undefined : CLEARING_PREFIX[clearing.code];
  return clearing === undefined || prefix === undefined ? undefined : `//${prefix}${clearing.member}`;
}

function bankField({ account }: Prepared): string | undefined {
  const { bic, bankName } = account.fields;
  const member = memberOf(account);
  if (bic !== undefined) return member === undefined ? `:57A:${bic}` : `:57A:${member}\r\n${bic}`;
  if (member !== undefined) return `:57C:${member}`;
  return bankName === undefined ? undefined : `:57D:${fit(bankName, "latin", 35).text}`;
}
