import { add, compare, type Decimal, formatDecimal, parseDecimal, ZERO } from "../../../kernel/decimal.ts";
import { minorOf, totalsOf } from "../amounts.ts";
import type { FileRefusal, ReadAccount, ReadFile, ReadPayment, ReadRemark } from "../contracts.ts";
import { isDay } from "../prepare.ts";
import { at, child, childrenOf, textAt, type XmlElement } from "../xml-read.ts";

interface Found {
  readonly payment: ReadPayment;
  readonly amount: Decimal;
}

interface Direction {
  readonly kind: "pain.001" | "pain.008";
  readonly root: string;
  readonly transaction: string;
  readonly party: "Cdtr" | "Dbtr";
  readonly agent: "CdtrAgt" | "DbtrAgt";
  readonly account: "CdtrAcct" | "DbtrAcct";
  readonly date: "ReqdExctnDt" | "ReqdColltnDt";
}

const TRANSFER: Direction = {
  kind: "pain.001",
  root: "CstmrCdtTrfInitn",
  transaction: "CdtTrfTxInf",
  party: "Cdtr",
  agent: "CdtrAgt",
  account: "CdtrAcct",
  date: "ReqdExctnDt",
};
const DEBIT: Direction = {
  kind: "pain.008",
  root: "CstmrDrctDbtInitn",
  transaction: "DrctDbtTxInf",
  party: "Dbtr",
  agent: "DbtrAgt",
  account: "DbtrAcct",
  date: "ReqdColltnDt",
};
/** Versions 1 and 2 had other names for the root. */
const OLD_ROOTS: Readonly<Record<string, Direction>> = {
  "pain.001.001.01": TRANSFER,
  "pain.001.001.02": TRANSFER,
  "pain.001.002.01": TRANSFER,
  "pain.001.003.01": TRANSFER,
  "pain.008.001.01": DEBIT,
};

/** Is this document an order to pay (pain.001) or to collect (pain.008)? */
export function isInitiation(document: XmlElement): boolean {
  return orderOf(document) !== undefined;
}

function orderOf(document: XmlElement): { order: XmlElement; direction: Direction } | undefined {
  for (const direction of [TRANSFER, DEBIT]) {
    const order = child(document, direction.root);
    if (order !== undefined) return { order, direction };
  }
  const old = document.children.find((one) => OLD_ROOTS[one.name] !== undefined);
  const direction = OLD_ROOTS[old?.name ?? ""];
  return old === undefined || direction === undefined ? undefined : { order: old, direction };
}

/** The name of the message out of its namespace: `pain.001.001.03.ch.02`. */
export function messageName(namespace: string): string {
  return /([a-z]{4}\.\d{3}\.\d{3}\.\d\d(?:\.ch\.\d\d)?)/.exec(namespace)?.[1] ?? "";
}

/** Reads an order to pay or to collect. Header and content may disagree: then it says so (`control.agrees`), it does not guess. */
export function readInitiation(document: XmlElement): ReadFile {
  const found = orderOf(document);
  if (found === undefined) return refused("not_known", "The message is no payment initiation", []);
  const { order, direction } = found;
  const header = child(order, "GrpHdr");
  const remarks: ReadRemark[] = [];
  const transactions = transactionsOf(order, direction);
  const read = transactions.map(({ element, block }, index) => paymentOf(element, block, direction, index + 1));
  const wrong = read.flatMap((one) => ("where" in one ? [one] : []));
  if (wrong[0] !== undefined) return refused("not_readable", `${wrong[0].where}: ${wrong[0].message}`, wrong);
  const payments = read.flatMap((one) => ("where" in one ? [] : [one]));
  const count = countOf(textAt(header, "NbOfTxs"), payments.length, remarks);
  const sum = sumOfHeader(header, payments, remarks);
  remarks.push(...blockRemarks(order, direction));
  if (payments.some(({ payment }) => payment.executionDate === null)) {
    remarks.push({ where: direction.date, code: "date", message: "is missing or no day" });
  }
  return {
    ok: true,
    file: {
      kind: direction.kind,
      format: messageName(document.namespace) || direction.kind,
      id: textAt(header, "MsgId") ?? null,
      createdAt: textAt(header, "CreDtTm") ?? null,
      payments: payments.map(({ payment }) => payment),
      totals: totalsOf(payments.map(({ payment }) => payment)),
      control: { transactions: count.told, sum: sum.told, agrees: count.agrees && sum.agrees },
      remarks,
    },
  };
}

function refused(code: FileRefusal["code"], message: string, remarks: readonly ReadRemark[]): ReadFile {
  const hint = "Ask the sender for the file as its program wrote it.";
  return { ok: false, refusal: { code, message: `${message}.`, hint, remarks } };
}

function transactionsOf(
  order: XmlElement,
  direction: Direction,
): readonly { element: XmlElement; block: XmlElement }[] {
  return childrenOf(order, "PmtInf").flatMap((block) =>
    childrenOf(block, direction.transaction).map((element) => ({ element, block })),
  );
}

function countOf(text: string | undefined, counted: number, remarks: ReadRemark[]) {
  const told = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
  const agrees = told === counted;
  if (!agrees) {
    const message = `says ${text ?? "nothing"} transactions, there are ${counted}`;
    remarks.push({ where: "GrpHdr/NbOfTxs", code: "count", message });
  }
  return { told, agrees };
}

function sumOfHeader(header: XmlElement | undefined, payments: readonly Found[], remarks: ReadRemark[]) {
  const told = textAt(header, "CtrlSum") ?? null;
  const counted = payments.map(({ amount }) => amount).reduce(add, ZERO);
  const value = told === null ? undefined : parseDecimal(told);
  // The sum may be left out: then only the count speaks for the file.
  const agrees = told === null || (value !== undefined && compare(value, counted) === 0);
  if (!agrees) {
    const message = `says ${told}, the amounts are ${formatDecimal(counted)}`;
    remarks.push({ where: "GrpHdr/CtrlSum", code: "sum", message });
  }
  return { told, agrees };
}

/** Blocks may carry their own count and sum; a block that disagrees is told by its name. */
function blockRemarks(order: XmlElement, direction: Direction): readonly ReadRemark[] {
  return childrenOf(order, "PmtInf").flatMap((block) => {
    const told = textAt(block, "NbOfTxs");
    const counted = childrenOf(block, direction.transaction).length;
    if (told === undefined || told === String(counted)) return [];
    const where = `PmtInf ${textAt(block, "PmtInfId") ?? ""}`.trim();
    return [{ where, code: "count", message: `says ${told} transactions, there are ${counted}` }];
  });
}

function paymentOf(element: XmlElement, block: XmlElement, direction: Direction, number: number): Found | ReadRemark {
  const id = textAt(element, "PmtId", "EndToEndId") ?? textAt(element, "PmtId", "InstrId") ?? "";
  const where = `transaction ${number}${id === "" ? "" : ` (${id})`}`;
  const amountElement =
    at(element, "Amt", "InstdAmt") ?? child(element, "InstdAmt") ?? at(element, "Amt", "EqvtAmt", "Amt");
  const currency = amountElement?.attributes.Ccy ?? "";
  const text = amountElement?.text ?? "";
  const minor = minorOf(text, currency);
  const amount = parseDecimal(/^\.\d/.test(text) ? `0${text}` : text.replace(/\.$/, ""));
  if (minor === undefined || amount === undefined || minor < 0n) {
    return { where, code: "amount", message: `has the amount ${JSON.stringify(`${text} ${currency}`)}, which is none` };
  }
  const instruction = textAt(element, "PmtId", "InstrId");
  return {
    amount,
    payment: {
      id,
      ...(instruction === undefined ? {} : { instructionId: instruction }),
      direction: direction.kind === "pain.001" ? "credit" : "debit",
      minor,
      currency,
      party: accountOf(element, direction),
      remittance: remittanceOf(element),
      executionDate: dayOf(child(block, direction.date)),
      block: textAt(block, "PmtInfId") ?? "",
    },
  };
}

function dayOf(element: XmlElement | undefined): string | null {
  const text = textAt(element, "Dt") ?? textAt(element, "DtTm") ?? (element?.text || undefined);
  const day = /^\d{4}-\d\d-\d\d/.exec(text ?? "")?.[0];
  return day !== undefined && isDay(day) ? day : null;
}

function accountOf(element: XmlElement, direction: Direction): ReadAccount {
  const party = child(element, direction.party);
  const account = at(element, direction.account, "Id");
  const bank = at(element, direction.agent, "FinInstnId");
  const optional = {
    iban: textAt(account, "IBAN"),
    bic: textAt(bank, "BIC") ?? textAt(bank, "BICFI"),
    account: textAt(account, "Othr", "Id") ?? textAt(account, "BBAN") ?? textAt(account, "PrtryAcct", "Id"),
    bankCode: textAt(bank, "ClrSysMmbId", "MmbId"),
    country: textAt(party, "PstlAdr", "Ctry"),
  };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return { name: textAt(party, "Nm") ?? "", ...(Object.fromEntries(given) as Partial<ReadAccount>) };
}

function remittanceOf(element: XmlElement): readonly string[] {
  const remittance = child(element, "RmtInf");
  const free = childrenOf(remittance, "Ustrd").map((one) => one.text);
  const structured = childrenOf(remittance, "Strd").flatMap((one) => [
    textAt(one, "CdtrRefInf", "Ref") ?? textAt(one, "CdtrRefInf", "CdtrRef") ?? "",
    textAt(one, "RfrdDocInf", "Nb") ?? textAt(one, "RfrdDocInf", "RfrdDocNb") ?? "",
  ]);
  return [...free, ...structured].filter((text) => text !== "");
}
