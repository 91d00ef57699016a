import { decodeText } from "../payments/decode.ts";
import { shapeOf } from "../payments/read.ts";
import { readXml } from "../payments/xml-read.ts";
import type { ReadStatus } from "./contracts.ts";
import { readProvider } from "./providers.ts";
import { isBacsReport, readBacsReport } from "./read-bacs.ts";
import { readIsoStatus } from "./read-iso.ts";
import { readNachaStatus } from "./read-nacha.ts";

const MOST_JSON = 20_000_000;

/**
 * Reads what a bank or a provider says became of payments: pain.002 and its kin, ACH returns and notifications of change, returned
 * credits of Bacs, webhooks and batch answers of PayPal, Wise and Payoneer. What cannot be understood is refused with the reason; nothing is guessed into "paid".
 */
export function readPaymentStatus(bytes: Uint8Array): ReadStatus {
  switch (shapeOf(bytes)) {
    case "xml":
      return readXmlStatus(bytes);
    case "nacha":
      return readNachaStatus(bytes);
    case "json":
      return readJsonStatus(bytes);
    case "empty":
      return refused("not_readable", "The file is empty.", "Ask for the report again.");
    default:
      return refused(
        "not_known",
        "The file is no status report that is known here.",
        "Known are pain.002, ACH returns, ARUCS reports of Bacs and the messages of PayPal, Wise and Payoneer.",
      );
  }
}

function readXmlStatus(bytes: Uint8Array): ReadStatus {
  const document = readXml(bytes);
  if ("refused" in document) {
    return refused(
      "not_readable",
      `The file cannot be read as XML: ${document.refused}.`,
      "Ask the bank for the report again.",
    );
  }
  return isBacsReport(document) ? readBacsReport(document) : readIsoStatus(document);
}

function readJsonStatus(bytes: Uint8Array): ReadStatus {
  if (bytes.length > MOST_JSON)
    return refused("too_large", `The message has more than ${MOST_JSON} bytes.`, "Ask for a smaller page.");
  let body: unknown;
  try {
    body = JSON.parse(decodeText(bytes).text) as unknown;
  } catch {
    return refused("not_readable", "The message is not whole JSON.", "Ask for it again.");
  }
  const report = readProvider(body);
  if (report === undefined) {
    return refused(
      "not_known",
      "The message is of no provider that is known here.",
      "Known are PayPal, Wise and Payoneer.",
    );
  }
  return { ok: true, report: { ...report, remarks: [] } };
}

function refused(code: "not_known" | "not_readable" | "too_large", message: string, hint: string): ReadStatus {
  return { ok: false, refusal: { code, message, hint, remarks: [] } };
}
