import { minorOf } from "../payments/amounts.ts";
import type { XmlElement } from "../payments/xml-read.ts";
import type { PaymentStatus, ReadStatus } from "./contracts.ts";

/** Is this a report of Bacs (ARUCS, ARUDD, AUDDIS …)? */
export function isBacsReport(document: XmlElement): boolean {
  return document.name === "BACSDocument";
}

/**
 * Reads an ARUCS report: credits of a Bacs file that could not be applied to an account and came back. They name a payment by the reference that its
 * payee would have read. Reports about direct debits have the same form and are refused.
 */
export function readBacsReport(document: XmlElement): ReadStatus {
  const items = itemsIn(document);
  const credits = items.filter((one) => /credit/i.test(one.name));
  if (credits.length === 0) {
    const message =
      items.length > 0
        ? "The Bacs report tells of direct debits, not of payments."
        : "The Bacs report tells no return.";
    const hint = "Give the ARUCS report: returned credits.";
    return { ok: false, refusal: { code: "not_known", message, hint, remarks: [] } };
  }
  const header = find(document, "Header")?.attributes ?? {};
  const at = header.currentProcessingDate ?? null;
  return {
    ok: true,
    report: {
      format: "bacs-arucs",
      id: header.adviceNumber ?? null,
      createdAt: at,
      statuses: credits.map((one) => returned(one, at)),
      remarks: [],
    },
  };
}

function returned({ attributes }: XmlElement, at: string | null): PaymentStatus {
  const { ref = "", returnCode = "", returnDescription = "", currency = "GBP" } = attributes;
  const reference = ref.trim();
  const text = returnDescription.trim().toLowerCase() || `the code ${returnCode}: ask the bank what it means`;
  const minor = Object.hasOwn(attributes, "valueOf") ? minorOf(String(attributes.valueOf), currency) : undefined;
  return {
    level: "payment",
    references: { traceNumber: reference, endToEndId: reference },
    status: "returned",
    told: returnCode,
    reason: { code: returnCode, text },
    sentence: `The payment ${reference} came back: ${text} (${returnCode}).`,
    at,
    amount: minor === undefined ? null : { minor, currency },
    correction: null,
  };
}

function itemsIn(element: XmlElement): readonly XmlElement[] {
  return element.attributes.returnCode === undefined ? element.children.flatMap(itemsIn) : [element];
}

function find(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  for (const one of element.children) {
    const found = find(one, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
