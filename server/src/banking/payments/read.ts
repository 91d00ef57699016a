import { readBacs } from "./bacs/read.ts";
import type { FileRefusal, ReadFile } from "./contracts.ts";
import { decodeText } from "./decode.ts";
import { readMt101 } from "./mt101/read.ts";
import { readNacha } from "./nacha/read.ts";
import { isInitiation, messageName, readInitiation } from "./pain001/read.ts";
import { readXml, type XmlElement } from "./xml-read.ts";

/** What a file looks like from its beginning; the readers say whether it is. */
export type FileShape = "xml" | "json" | "nacha" | "bacs" | "mt101" | "pdf" | "empty" | "unknown";

export function shapeOf(bytes: Uint8Array): FileShape {
  if (bytes.length === 0) return "empty";
  const head = decodeText(bytes.subarray(0, 4096))
    .text.replace(/\0/g, "")
    .replace(/^(?:ÿþ|þÿ)/, "")
    .trimStart();
  if (head === "") return "empty";
  if (head.startsWith("%PDF")) return "pdf";
  if (head.startsWith("<")) return "xml";
  if (/^[{[]\s*["{[\]}]/.test(head)) return "json";
  if (/^\{1:|^\{2:[IO]101|\{2:[IO]101/.test(head)) return "mt101";
  if (/^(?:VOL1|HDR1|UHL1)/m.test(head)) return "bacs";
  // Records of an ACH file, or a part of one: header, batch header or entry with their digits where they have to be.
  if (/^(?:1\d\d[\d ]|5\d{3}|6\d{11}|8\d{9})/.test(head)) return "nacha";
  return "unknown";
}

/**
 * Reads a payment file of any format that is written here and of those that others write: pain.001 and pain.008 in all versions, ACH, Bacs,
 * MT101. What is damaged, cut off or does not agree with its own totals is refused with the reason.
 */
export function readPaymentFile(bytes: Uint8Array): ReadFile {
  switch (shapeOf(bytes)) {
    case "xml":
      return readXmlOrder(bytes);
    case "nacha":
      return readNacha(bytes);
    case "bacs":
      return readBacs(bytes);
    case "mt101":
      return readMt101(bytes);
    case "json":
      return refused(
        "not_known",
        jsonSentence(bytes),
        "Give the file that goes to the bank, not another program's form of it.",
      );
    case "pdf":
      return refused("not_known", "The file is a PDF document, not a payment file.", "Give the payment file itself.");
    case "empty":
      return refused("not_readable", "The file is empty.", "Give a file with at least one payment.");
    default:
      return refused(
        "not_known",
        "The file is none that is known here.",
        "Known are pain.001, pain.008, ACH (NACHA), Bacs standard 18 and MT101.",
      );
  }
}

function readXmlOrder(bytes: Uint8Array): ReadFile {
  const document = readXml(bytes);
  if ("refused" in document) {
    return refused(
      "not_readable",
      `The file cannot be read as XML: ${document.refused}.`,
      "Ask the sender for the file as its program wrote it.",
    );
  }
  const orders = ordersIn(document);
  const [order] = orders;
  if (orders.length > 1) {
    const message = `The file holds ${orders.length} payment orders.`;
    return refused("not_readable", message, "Give each of them as a file of its own.");
  }
  if (order !== undefined) return readInitiation(order);
  const name = messageName(document.namespace) || document.children[0]?.name || document.name;
  const hint = /Sts|pain\.002|pain\.007|camt/.test(name)
    ? "Read it as a status report."
    : "Known are pain.001 and pain.008.";
  return refused("not_known", `The message ${name} is no payment order.`, hint);
}

/** Orders stand alone or in an envelope (AppHdr and Document). */
function ordersIn(element: XmlElement): readonly XmlElement[] {
  return isInitiation(element) ? [element] : element.children.flatMap(ordersIn);
}

/** The ACH library of moov has its own JSON form of ACH files, which is easily taken for the file itself. */
function jsonSentence(bytes: Uint8Array): string {
  const text = decodeText(bytes).text;
  return /"fileHeader"|"batches"|"IATBatches"/.test(text)
    ? "The file is a program's JSON form of an ACH file (moov), not the ACH file that goes to a bank."
    : "The file is JSON, which no bank takes as a payment file.";
}

function refused(code: FileRefusal["code"], message: string, hint: string): ReadFile {
  return { ok: false, refusal: { code, message, hint, remarks: [] } };
}
