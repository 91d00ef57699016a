import {
  compare,
  decimalOf,
  exactAmount,
  isZero,
  negate,
  readPoint,
  say,
  sizeOf,
  subtract,
  sumOf,
} from "../amounts.ts";
import type {
  BankAccount,
  BankTransactionCode,
  Charge,
  EntryDetail,
  EntryStatus,
  ExactAmount,
  OriginalAmount,
  Problem,
  Remittance,
  ReturnReason,
  StatementEntry,
} from "../contracts.ts";
import { dayOf } from "../dates.ts";
import { present, references } from "../references.ts";
import { failure, note, quoted } from "../trouble.ts";
import { all, find, textAt, type XmlElement } from "../xml.ts";
import { counterpartyOf } from "./parties.ts";

export interface EntryContext {
  readonly account: BankAccount;
  readonly place: string;
  readonly problems: Problem[];
}

/** `Amt` with its `Ccy`; where the currency is missing the account's is meant. */
export function amountOf(element: XmlElement | undefined, fallback: string | null): ExactAmount | undefined {
  if (element === undefined) return undefined;
  const value = readPoint(element.text);
  return value === undefined ? undefined : exactAmount(value, element.attributes.Ccy?.trim() || fallback);
}

/** A credit or debit amount with its sign; a problem where one of the two cannot be read. */
export function signedAmount(parent: XmlElement, context: EntryContext): ExactAmount | null {
  const amount = amountOf(find(parent, "Amt"), context.account.currency);
  const indicator = textAt(parent, "CdtDbtInd");
  if (amount === undefined) {
    const text = find(parent, "Amt")?.text;
    const why = text === undefined ? "has no amount" : `has the amount ${quoted(text)}, which is no number`;
    context.problems.push(failure("amount", `${context.place}: ${parent.name} ${why}.`, context.place));
    return null;
  }
  const debit = directionOf(indicator);
  if (debit === undefined) {
    const why = indicator === undefined ? "does not say" : `says ${quoted(indicator)} and not`;
    const sentence = `${context.place}: ${parent.name} ${why} whether it is a credit or a debit.`;
    context.problems.push(failure("direction", sentence, context.place));
    return null;
  }
  return debit ? negated(amount) : amount;
}

function directionOf(indicator: string | undefined): boolean | undefined {
  if (indicator === "DBIT") return true;
  return indicator === "CRDT" ? false : undefined;
}

export function negated(amount: ExactAmount): ExactAmount {
  return exactAmount(negate(decimalOf(amount)), amount.currency);
}

/** A code of the domain with family, and the bank's own one. */
function codesOf(element: XmlElement | undefined): readonly BankTransactionCode[] {
  const domain = find(element, "Domn");
  const parts = [textAt(domain, "Cd"), textAt(domain, "Fmly", "Cd"), textAt(domain, "Fmly", "SubFmlyCd")];
  const code = parts.filter((part) => part !== undefined).join("-");
  const own = textAt(element, "Prtry", "Cd");
  return [
    ...(code === "" ? [] : [{ code, system: "iso20022" } as const]),
    ...(own === undefined ? [] : [{ code: own, system: "bank" } as const]),
  ];
}

function remittanceOf(transaction: XmlElement): Remittance {
  const information = find(transaction, "RmtInf");
  const unstructured = all(information, "Ustrd").map((line) => line.text.trim());
  const structured: string[] = [];
  for (const block of all(information, "Strd")) {
    const reference = textAt(block, "CdtrRefInf", "Ref") ?? textAt(block, "CdtrRefInf", "CdtrRef");
    if (reference !== undefined) structured.push(reference);
    for (const document of all(block, "RfrdDocInf"))
      unstructured.push(textAt(document, "Nb") ?? textAt(document, "RfrdDocNb") ?? "");
    for (const more of all(block, "AddtlRmtInf")) unstructured.push(more.text.trim());
  }
  return { unstructured: unstructured.filter((line) => line !== ""), structured };
}

/** Version 2 repeats `Chrgs` with an amount each, later ones have records and a total. What is given back is negative. */
function chargesOf(element: XmlElement, context: EntryContext): readonly Charge[] {
  return all(element, "Chrgs").flatMap((charges) => {
    const records = all(charges, "Rcrd");
    const each = records.length > 0 ? records : [charges];
    return each.flatMap((one) => {
      const amount = amountOf(find(one, "Amt") ?? find(one, "TtlChrgsAndTaxAmt"), context.account.currency);
      if (amount === undefined) return [];
      const text = textAt(one, "Tp", "Cd") ?? textAt(one, "Tp", "Prtry", "Id") ?? textAt(one, "Tp", "PrtryCd");
      const included = textAt(one, "ChrgInclInd");
      return {
        amount: textAt(one, "CdtDbtInd") === "CRDT" ? negated(amount) : amount,
        ...present({ bearer: textAt(one, "Br"), text: text ?? textAt(one, "Tp", "Prtry") }),
        ...(included === undefined ? {} : { included: included === "true" || included === "1" }),
      };
    });
  });
}

function returnOf(transaction: XmlElement): ReturnReason | null {
  const information = find(transaction, "RtrInf");
  if (information === undefined) return null;
  const reason = find(information, "Rsn") ?? find(information, "RtrRsn");
  const texts = [...all(information, "AddtlInf"), ...all(information, "AddtlRtrRsnInf")].map((one) => one.text.trim());
  return present({ code: textAt(reason, "Cd") ?? textAt(reason, "Prtry"), text: texts.join(" ") });
}

const AMOUNTS = ["InstdAmt", "TxAmt", "CntrValAmt", "AnncdPstngAmt"];

/** The amount before conversion or charges: the first that differs from what was booked. */
function originalOf(element: XmlElement, booked: ExactAmount | null, context: EntryContext): OriginalAmount | null {
  const details = find(element, "AmtDtls");
  if (details === undefined) return null;
  const differing = AMOUNTS.map((name) => find(details, name)).find((one) => {
    const amount = amountOf(find(one, "Amt"), context.account.currency);
    return amount !== undefined && differs(amount, booked);
  });
  const exchange = AMOUNTS.map((name) => find(details, name, "CcyXchg")).find((one) => one !== undefined);
  const amount = amountOf(find(differing, "Amt"), context.account.currency);
  if (amount === undefined) return null;
  return {
    amount,
    ...present({
      rate: textAt(exchange, "XchgRate"),
      sourceCurrency: textAt(exchange, "SrcCcy"),
      targetCurrency: textAt(exchange, "TrgtCcy"),
    }),
  };
}

function differs(amount: ExactAmount, booked: ExactAmount | null): boolean {
  if (booked === null || amount.currency !== booked.currency) return true;
  return compare(sizeOf(decimalOf(amount)), sizeOf(decimalOf(booked))) !== 0;
}

/** One `TxDtls`. Its amount may be missing, and is then the entry's where it is alone. */
function detailOf(
  transaction: XmlElement,
  entry: ExactAmount | null,
  alone: boolean,
  context: EntryContext,
): EntryDetail {
  const refs = find(transaction, "Refs");
  const amount = detailAmount(transaction, entry, context) ?? (alone ? entry : null);
  const credit = (amount ?? entry)?.decimal.startsWith("-") === false;
  const tax = textAt(transaction, "AddtlTxInf");
  return {
    amount,
    references: references({
      endToEndId: textAt(refs, "EndToEndId"),
      instructionId: textAt(refs, "InstrId"),
      paymentInformationId: textAt(refs, "PmtInfId"),
      messageId: textAt(refs, "MsgId"),
      transactionId: textAt(refs, "TxId"),
      uetr: textAt(refs, "UETR"),
      mandateId: textAt(refs, "MndtId"),
      creditorId: textAt(transaction, "RltdPties", "Cdtr", "Id", "PrvtId", "Othr", "Id"),
      checkNumber: textAt(refs, "ChqNb"),
      accountServicer: textAt(refs, "AcctSvcrRef") ?? textAt(refs, "AcctSvcrTxId"),
      customer: textAt(refs, "AcctOwnrTxId"),
      clearing: textAt(refs, "ClrSysRef"),
    }),
    counterparty: counterpartyOf(transaction, credit, context.account),
    remittance: remittanceOf(transaction),
    original: originalOf(transaction, amount, context),
    charges: chargesOf(transaction, context),
    returned: returnOf(transaction),
    codes: codesOf(find(transaction, "BkTxCd")),
    ...present({ purpose: textAt(transaction, "Purp", "Cd") ?? textAt(transaction, "Purp", "Prtry"), text: tax }),
  };
}

/** `Amt` (version 4 and later), else the transaction amount where it is in the entry's currency. */
function detailAmount(transaction: XmlElement, entry: ExactAmount | null, context: EntryContext): ExactAmount | null {
  const own = amountOf(find(transaction, "Amt"), context.account.currency);
  const booked = amountOf(find(transaction, "AmtDtls", "TxAmt", "Amt"), context.account.currency);
  const amount = own ?? (booked?.currency === entry?.currency ? booked : undefined);
  if (amount === undefined) return null;
  const debit = directionOf(textAt(transaction, "CdtDbtInd")) ?? entry?.decimal.startsWith("-") === true;
  return debit ? negated(amount) : amount;
}

function statusOf(entry: XmlElement, context: EntryContext): EntryStatus {
  const status = textAt(entry, "Sts", "Cd") ?? textAt(entry, "Sts", "Prtry") ?? textAt(entry, "Sts") ?? "BOOK";
  if (/^book/i.test(status)) return "booked";
  if (/^info/i.test(status)) return "info";
  if (!/^(?:pdng|futr|pend)/i.test(status))
    context.problems.push(
      note("status", `${context.place}: the status ${quoted(status)} is taken as pending.`, context.place),
    );
  return "pending";
}

const NOTHING: EntryDetail = {
  amount: null,
  references: {},
  counterparty: null,
  remittance: { unstructured: [], structured: [] },
  original: null,
  charges: [],
  returned: null,
  codes: [],
};

/** One `Ntry`: an entry with one transaction is told as one; of several, each is a detail. */
export function entryOf(element: XmlElement, context: EntryContext): StatementEntry {
  const amount = signedAmount(element, context);
  const groups = all(element, "NtryDtls");
  const transactions = [...groups.flatMap((group) => all(group, "TxDtls")), ...all(element, "TxDtls")];
  const details = transactions.map((one) => detailOf(one, amount, transactions.length === 1, context));
  const only = details.length === 1 ? (details[0] ?? NOTHING) : NOTHING;
  const batch = find(groups[0], "Btch") ?? find(element, "Btch");
  const size = batchSize(groups, batch);
  const charges = chargesOf(element, context);
  const bookingDate = dateAt(element, "BookgDt");
  const valueDate = dateAt(element, "ValDt");
  if (bookingDate === undefined && valueDate === undefined)
    context.problems.push(note("date", `${context.place}: the entry has no date.`, context.place));
  if (details.length > 1) compareBatch(amount, details, context);
  return {
    ...only,
    amount,
    bookingDate: bookingDate ?? null,
    valueDate: valueDate ?? null,
    status: statusOf(element, context),
    reversal: ["true", "1"].includes(textAt(element, "RvslInd") ?? ""),
    references: {
      ...references({ messageId: textAt(batch, "MsgId"), paymentInformationId: textAt(batch, "PmtInfId") }),
      ...only.references,
      ...references({ accountServicer: textAt(element, "AcctSvcrRef"), entry: textAt(element, "NtryRef") }),
    },
    original: only.original ?? originalOf(element, amount, context),
    charges: only.charges.length > 0 ? only.charges : charges,
    codes: [...codesOf(find(element, "BkTxCd")), ...only.codes].filter(isFirst),
    ...present({ text: textAt(element, "AddtlNtryInf") ?? only.text }),
    details: details.length > 1 ? details : [],
    ...(size === undefined ? {} : { batchSize: size }),
    place: context.place,
  };
}

function isFirst(code: BankTransactionCode, at: number, codes: readonly BankTransactionCode[]): boolean {
  return codes.findIndex((one) => one.code === code.code && one.system === code.system) === at;
}

function batchSize(groups: readonly XmlElement[], batch: XmlElement | undefined): number | undefined {
  const said = groups.flatMap((group) => textAt(group, "Btch", "NbOfTxs") ?? []);
  const texts = said.length > 0 ? said : [textAt(batch, "NbOfTxs") ?? ""];
  return texts.every((text) => /^\d{1,9}$/.test(text)) ? texts.reduce((sum, text) => sum + Number(text), 0) : undefined;
}

function dateAt(element: XmlElement, name: string): string | undefined {
  return dayOf(textAt(element, name, "Dt") ?? textAt(element, name, "DtTm") ?? textAt(element, name));
}

/** Members of a batch that do not make its amount: charges may stand between, so that it is only noted. */
function compareBatch(amount: ExactAmount | null, details: readonly EntryDetail[], context: EntryContext): void {
  const same = details.every((one) => one.amount !== null && one.amount.currency === amount?.currency);
  if (amount === null || !same) return;
  const difference = subtract(sumOf(details.map((one) => one.amount)), decimalOf(amount));
  if (isZero(difference)) return;
  const sentence = `${context.place}: the ${details.length} transactions of the batch differ from its amount by ${say(difference, amount.currency)}.`;
  context.problems.push(note("batch", sentence, context.place));
}
