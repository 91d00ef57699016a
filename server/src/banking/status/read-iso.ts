import { minorOf } from "../payments/amounts.ts";
import type { Amount, ReadRemark } from "../payments/contracts.ts";
import { messageName } from "../payments/pain001/read.ts";
import { at, child, childrenOf, textAt, type XmlElement } from "../payments/xml-read.ts";
import type { PaymentStatus, ReadStatus, StatusKind, StatusReferences } from "./contracts.ts";
import { ISO_CANCELLATIONS, ISO_REASONS, ISO_STATUSES } from "./iso-codes.ts";

type Meanings = ReadonlyMap<string, readonly [StatusKind, string]>;

interface Reading {
  readonly statuses: PaymentStatus[];
  readonly remarks: ReadRemark[];
}

interface Told {
  readonly level: PaymentStatus["level"];
  readonly references: StatusReferences;
  readonly code: string;
  readonly reason: PaymentStatus["reason"];
  readonly at: string | null;
  readonly amount: Amount | null;
}

type Reader = (root: XmlElement, reading: Reading) => void;

/** Every message that says what became of payments, by the name of its root. */
const ROOTS: Readonly<Record<string, Reader>> = {
  CstmrPmtStsRpt: readStatusReport,
  FIToFIPmtStsRpt: readStatusReport,
  "pain.002.001.02": readStatusReport,
  "pain.002.001.01": readStatusReport,
  CstmrPmtRvsl: readReversal,
  FIToFIPmtRvsl: readReversal,
  PmtRtr: readReversal,
  RsltnOfInvstgtn: readResolution,
  BkToCstmrDbtCdtNtfctn: readReturnedEntries,
  BkToCstmrStmt: readReturnedEntries,
  BkToCstmrAcctRpt: readReturnedEntries,
};

/**
 * Reads status messages of ISO 20022: pain.002 and pacs.002, pain.007, pacs.004, camt.029, and the returns in camt.052/053/054. They stand alone, in a
 * business envelope (AppHdr and Document), or several in a container of a bank or a clearing: then all of them are read.
 */
export function readIsoStatus(document: XmlElement): ReadStatus {
  const found = messagesIn(document);
  const [first] = found;
  const namespace = document.namespace || (document.attributes.Xmlns ?? "");
  if (first === undefined) {
    const name = messageName(namespace) || document.children[0]?.name || document.name;
    return refused(
      "not_known",
      `The message ${name} is no status report`,
      "Known are pain.002, pain.007, pacs.002, pacs.004, camt.029 and returns in camt.05x.",
    );
  }
  const reading: Reading = { statuses: [], remarks: [] };
  for (const { root } of found) ROOTS[root.name]?.(root, reading);
  if (reading.statuses.length === 0 && found.every(({ root }) => ROOTS[root.name] === readReturnedEntries)) {
    return refused(
      "not_known",
      "The bank statement tells no returned payment",
      "Read it as a statement: tributary parse-statement.",
    );
  }
  if (reading.statuses.length === 0) {
    return refused(
      "not_readable",
      `The message says no status of any payment`,
      "Ask the bank for the report again.",
      reading.remarks,
    );
  }
  const header = child(first.root, "GrpHdr") ?? child(first.root, "Assgnmt");
  return {
    ok: true,
    report: {
      format: messageName(first.namespace || namespace) || first.root.name,
      id: textAt(header, "MsgId") ?? textAt(header, "Id") ?? null,
      createdAt: textAt(header, "CreDtTm") ?? null,
      statuses: reading.statuses,
      remarks: reading.remarks,
    },
  };
}

/** The messages at any depth, in their order, with the namespace that they or their document have. */
function messagesIn(
  element: XmlElement,
  namespace = element.namespace,
): readonly { readonly root: XmlElement; readonly namespace: string }[] {
  if (ROOTS[element.name] !== undefined) return [{ root: element, namespace: element.namespace || namespace }];
  return element.children.flatMap((one) => messagesIn(one, one.namespace || namespace));
}

function refused(
  code: "not_known" | "not_readable",
  message: string,
  hint: string,
  remarks: readonly ReadRemark[] = [],
): ReadStatus {
  return { ok: false, refusal: { code, message: `${message}.`, hint, remarks } };
}

function readStatusReport(root: XmlElement, reading: Reading): void {
  const createdAt = textAt(root, "GrpHdr", "CreDtTm") ?? null;
  const group = child(root, "OrgnlGrpInfAndSts");
  const file = present({ messageId: textAt(group, "OrgnlMsgId") });
  const groupCode = textAt(group, "GrpSts");
  if (groupCode !== undefined) {
    tell(
      { level: "file", references: file, code: groupCode, reason: reasonOf(group), at: createdAt, amount: null },
      ISO_STATUSES,
      reading,
    );
  }
  for (const block of childrenOf(root, "OrgnlPmtInfAndSts")) {
    const references = { ...file, ...present({ blockId: textAt(block, "OrgnlPmtInfId") }) };
    const code = textAt(block, "PmtInfSts");
    if (code !== undefined) {
      tell(
        { level: "block", references, code, reason: reasonOf(block), at: createdAt, amount: null },
        ISO_STATUSES,
        reading,
      );
    }
    for (const one of childrenOf(block, "TxInfAndSts"))
      readTransaction(one, references, code ?? groupCode, createdAt, reading);
  }
  for (const one of childrenOf(root, "TxInfAndSts")) readTransaction(one, file, groupCode, createdAt, reading);
}

function readTransaction(
  element: XmlElement,
  above: StatusReferences,
  codeAbove: string | undefined,
  createdAt: string | null,
  reading: Reading,
): void {
  const own = textAt(element, "TxSts");
  const original = textAt(element, "OrgnlGrpInf", "OrgnlMsgId");
  // A transaction that is listed without a status shares that of its block, unless the block says only "in part": then it is one of the bad ones.
  const code = own ?? (codeAbove === "PART" && reasonOf(element) !== null ? "RJCT" : codeAbove);
  const references = { ...above, ...(original === undefined ? {} : { messageId: original }), ...referencesOf(element) };
  if (code === undefined) {
    reading.remarks.push({
      where: references.endToEndId ?? "transaction",
      code: "no_status",
      message: "is listed without a status",
    });
    return;
  }
  const at = textAt(element, "AccptncDtTm") ?? textAt(element, "FctvIntrBkSttlmDt", "DtTm") ?? createdAt;
  tell(
    { level: "payment", references, code, reason: reasonOf(element), at, amount: amountOf(element) },
    ISO_STATUSES,
    reading,
  );
}

function referencesOf(element: XmlElement): StatusReferences {
  return present({
    instructionId: textAt(element, "OrgnlInstrId") ?? textAt(element, "OrgnlPmtId", "InstrId"),
    endToEndId: textAt(element, "OrgnlEndToEndId") ?? textAt(element, "OrgnlPmtId", "EndToEndId"),
    providerId: textAt(element, "AcctSvcrRef") ?? textAt(element, "OrgnlUETR") ?? textAt(element, "OrgnlTxId"),
  });
}

function present(references: Readonly<Record<string, string | undefined>>): StatusReferences {
  return Object.fromEntries(Object.entries(references).filter(([, value]) => value !== undefined)) as StatusReferences;
}

const REASON_HOLDERS = ["StsRsnInf", "RvslRsnInf", "RtrRsnInf", "CxlStsRsnInf", "RtrInf"];

/** The first reason with its texts; NARR only points at the text. */
function reasonOf(element: XmlElement | undefined): PaymentStatus["reason"] {
  for (const holder of REASON_HOLDERS) {
    const found = child(element, holder);
    if (found === undefined) continue;
    const code = textAt(found, "Rsn", "Cd") ?? textAt(found, "Rsn", "Prtry") ?? textAt(found, "RtrRsn", "Cd") ?? "NARR";
    const told = childrenOf(found, "AddtlInf").map((one) => one.text.replace(/\s+/g, " ").trim());
    const additional = told.filter((text) => text !== "").join(" ");
    if (code === "NARR" && additional === "") return null;
    const known = ISO_REASONS.get(code);
    const text = code === "NARR" && additional !== "" ? additional : [known, additional].filter(Boolean).join(": ");
    return { code, text: text === "" ? `the reason ${code}, which the list of ISO 20022 does not have` : text };
  }
  return null;
}

const AMOUNT_PATHS = [
  ["OrgnlTxRef", "Amt", "InstdAmt"],
  ["OrgnlTxRef", "IntrBkSttlmAmt"],
  ["RvsdInstdAmt"],
  ["RtrdInstdAmt"],
  ["RtrdIntrBkSttlmAmt"],
  ["OrgnlInstdAmt"],
  ["OrgnlIntrBkSttlmAmt"],
  ["AmtDtls", "InstdAmt", "Amt"],
  ["AmtDtls", "TxAmt", "Amt"],
  ["Amt"],
] as const;

function amountOf(element: XmlElement): Amount | null {
  for (const path of AMOUNT_PATHS) {
    const found = at(element, ...path);
    const currency = found?.attributes.Ccy;
    const minor = found === undefined || currency === undefined ? undefined : minorOf(found.text, currency);
    if (minor !== undefined && currency !== undefined) return { minor, currency };
  }
  return null;
}

function tell(told: Told, meanings: Meanings, reading: Reading): void {
  const [status, words] = meanings.get(told.code) ?? (["pending", `has the status ${told.code}`] as const);
  const name = told.references.endToEndId ?? told.references.blockId ?? told.references.messageId ?? "";
  if (!meanings.has(told.code)) {
    reading.remarks.push({
      where: name,
      code: "unknown_status",
      message: `${told.code} is no status of ISO 20022: taken for pending`,
    });
  }
  const what = { file: "The file", block: "The block", payment: "The payment" }[told.level];
  const because = told.reason === null ? "" : `: ${told.reason.text} (${told.reason.code})`;
  reading.statuses.push({
    level: told.level,
    references: told.references,
    status,
    told: told.code,
    reason: told.reason,
    sentence: `${what} ${name} ${words}${because}.`.replace(/ {2,}/g, " "),
    at: told.at,
    amount: told.amount,
    correction: null,
  });
}

const RETURNED: Meanings = new Map([["RTRN", ["returned", "came back"] as const]]);

/** pain.007, pacs.007, pacs.004: payments that came back. */
function readReversal(root: XmlElement, reading: Reading): void {
  const createdAt = textAt(root, "GrpHdr", "CreDtTm") ?? null;
  const file = present({ messageId: textAt(root, "OrgnlGrpInf", "OrgnlMsgId") });
  const blocks = childrenOf(root, "OrgnlPmtInfAndRvsl").flatMap((block) =>
    childrenOf(block, "TxInf").map((one) => ({ one, block: present({ blockId: textAt(block, "OrgnlPmtInfId") }) })),
  );
  const loose = childrenOf(root, "TxInf").map((one) => ({ one, block: {} }));
  const all = [...blocks, ...loose];
  for (const { one, block } of all) {
    const original = textAt(one, "OrgnlGrpInf", "OrgnlMsgId");
    const references = {
      ...file,
      ...(original === undefined ? {} : { messageId: original }),
      ...block,
      ...referencesOf(one),
    };
    tell(
      { level: "payment", references, code: "RTRN", reason: reasonOf(one), at: createdAt, amount: amountOf(one) },
      RETURNED,
      reading,
    );
  }
  const whole = textAt(root, "GrpHdr", "GrpRvsl") === "true" || textAt(root, "GrpHdr", "GrpRtr") === "true";
  if (all.length === 0 && whole) {
    tell(
      {
        level: "file",
        references: file,
        code: "RTRN",
        reason: reasonOf(child(root, "OrgnlGrpInf")),
        at: createdAt,
        amount: null,
      },
      RETURNED,
      reading,
    );
  }
}

/** camt.029: the answer to a request to cancel. */
function readResolution(root: XmlElement, reading: Reading): void {
  const createdAt = textAt(root, "Assgnmt", "CreDtTm") ?? null;
  for (const details of childrenOf(root, "CxlDtls")) {
    const file = present({ messageId: textAt(details, "OrgnlGrpInfAndSts", "OrgnlMsgId") });
    const groupCode = textAt(details, "OrgnlGrpInfAndSts", "GrpCxlSts");
    if (groupCode !== undefined) {
      const reason = reasonOf(child(details, "OrgnlGrpInfAndSts"));
      tell(
        { level: "file", references: file, code: groupCode, reason, at: createdAt, amount: null },
        ISO_CANCELLATIONS,
        reading,
      );
    }
    const blocks = childrenOf(details, "OrgnlPmtInfAndSts").flatMap((block) =>
      childrenOf(block, "TxInfAndSts").map((one) => ({
        one,
        block: present({ blockId: textAt(block, "OrgnlPmtInfId") }),
      })),
    );
    for (const { one, block } of [
      ...blocks,
      ...childrenOf(details, "TxInfAndSts").map((one) => ({ one, block: {} })),
    ]) {
      const original = textAt(one, "OrgnlGrpInf", "OrgnlMsgId");
      const code = textAt(one, "TxCxlSts") ?? textAt(root, "Sts", "Conf") ?? "PDCR";
      const references = {
        ...file,
        ...(original === undefined ? {} : { messageId: original }),
        ...block,
        ...referencesOf(one),
      };
      tell(
        { level: "payment", references, code, reason: reasonOf(one), at: createdAt, amount: amountOf(one) },
        ISO_CANCELLATIONS,
        reading,
      );
    }
  }
  const overall = textAt(root, "Sts", "Conf");
  if (reading.statuses.length === 0 && overall !== undefined) {
    const references = present({ messageId: textAt(root, "RslvdCase", "Id") ?? textAt(root, "Assgnmt", "Id") });
    tell(
      { level: "file", references, code: overall, reason: null, at: createdAt, amount: null },
      ISO_CANCELLATIONS,
      reading,
    );
  }
}

/** camt.052, .053, .054: of all entries only those that say they are a return of a payment. */
function readReturnedEntries(root: XmlElement, reading: Reading): void {
  for (const report of root.children.filter((one) => ["Ntfctn", "Stmt", "Rpt"].includes(one.name))) {
    for (const entry of childrenOf(report, "Ntry")) {
      const booked = textAt(entry, "BookgDt", "Dt") ?? textAt(entry, "BookgDt", "DtTm") ?? null;
      const details = childrenOf(entry, "NtryDtls").flatMap((one) => childrenOf(one, "TxDtls"));
      for (const one of details.filter((each) => child(each, "RtrInf") !== undefined)) {
        const refs = child(one, "Refs");
        const references = present({
          messageId: textAt(refs, "MsgId"),
          blockId: textAt(refs, "PmtInfId"),
          instructionId: textAt(refs, "InstrId"),
          endToEndId: textAt(refs, "EndToEndId"),
          providerId: textAt(refs, "AcctSvcrRef") ?? textAt(entry, "AcctSvcrRef"),
        });
        const reason = reasonOf(one) ?? null;
        const amount = amountOf(one) ?? amountOf(entry);
        tell({ level: "payment", references, code: "RTRN", reason, at: booked, amount }, RETURNED, reading);
      }
    }
  }
}
