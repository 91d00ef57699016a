import type { InvoiceParty, InvoiceTax } from "@tributary/contract";
import { percent } from "../kernel/decimal.ts";
import { type Content, fineLines, pdfOf } from "../paper/paper.ts";
import type { InvoiceDocument } from "./contracts.ts";
import { WORDS } from "./core/wording.ts";

/** How the operator's papers look. */
export interface Branding {
  readonly name: string;
  /** `#rrggbb` */
  readonly accent: string;
  /** A picture as a data address. */
  readonly logo: string | null;
}

type Words = (typeof WORDS)["en"];

/** The invoice as a PDF: the same document gives the same file. */
export async function invoicePaper(document: InvoiceDocument, branding: Branding): Promise<Buffer> {
  const words = WORDS[document.language];
  const title = titleOf(document, words);
  return await pdfOf({
    title: `${title} ${document.number}`,
    subject: document.supplier.name,
    language: document.language,
    writtenAt: new Date(`${document.issuedOn}T00:00:00Z`),
    margins: [48, 48, 48, 56],
    foot: `${document.customer.name} · ${document.number}`,
    text: { fontSize: 9.5, lineHeight: 1.25 },
    styles: {
      title: { fontSize: 18, bold: true, color: branding.accent },
      label: { fontSize: 8, color: "#5b6475" },
      head: { fontSize: 8, bold: true, color: "#5b6475" },
      total: { fontSize: 11, bold: true },
      note: { fontSize: 8.5, color: "#3c4557" },
      foot: { fontSize: 8, color: "#5b6475" },
    },
    content: [
      heading(title, { ...branding, name: branding.name || document.customer.name }),
      facts(document, words),
      parties(document, words),
      lines(document, words),
      sums(document, words),
      ...notes(document, words),
    ],
  });
}

function titleOf(document: InvoiceDocument, words: Words): string {
  if (document.kind === "credit_note") return words.creditNote;
  return document.kind === "self_billed" ? words.selfBilled : words.uploaded;
}

function heading(title: string, branding: Branding): Content {
  const { logo } = branding;
  const mark: Content =
    logo === null
      ? { text: branding.name, bold: true, alignment: "right" }
      : {
          image: logo,
          fit: [140, 44],
          alignment: "right",
        };
  return {
    columns: [
      { width: "*", text: title, style: "title" },
      { width: 150, stack: [mark] },
    ],
    margin: [0, 0, 0, 18],
  };
}

function facts(document: InvoiceDocument, words: Words): Content {
  const pairs: [string, string | null][] = [
    [words.number, document.number],
    [words.issuedOn, document.issuedOn],
    [words.supply, document.supplyFrom === null ? null : `${document.supplyFrom} – ${document.supplyTo}`],
    [words.dueOn, document.dueOn],
    [words.corrects, document.corrects === null ? null : `${document.corrects.number} (${document.corrects.issuedOn})`],
  ];
  return {
    columns: pairs
      .filter(([, value]) => value !== null)
      .map(([label, value]) => ({ stack: [{ text: label, style: "label" }, { text: value ?? "" }] })),
    columnGap: 12,
    margin: [0, 0, 0, 18],
  };
}

function parties(document: InvoiceDocument, words: Words): Content {
  return {
    columns: [party(words.supplier, document.supplier, words), party(words.customer, document.customer, words)],
    columnGap: 24,
    margin: [0, 0, 0, 20],
  };
}

function party(label: string, one: InvoiceParty, words: Words): Content {
  const place = [one.postalCode, one.city].filter(Boolean).join(" ");
  const rows = [one.street, place, [one.region, one.country].filter(Boolean).join(", ")];
  if (one.vatNumber !== null) rows.push(`${words.vatNumber}: ${one.vatNumber}`);
  if (one.registrationNumber !== "") rows.push(`${words.registration}: ${one.registrationNumber}`);
  return {
    stack: [
      { text: label, style: "label" },
      { text: one.name, bold: true },
      ...rows.filter(Boolean).map((text) => ({ text })),
    ],
  };
}

function lines(document: InvoiceDocument, words: Words): Content {
  const amount = amounts(document);
  return {
    table: {
      headerRows: 1,
      widths: ["*", 110],
      body: [
        [
          { text: words.description, style: "head" },
          { text: `${words.amount} (${document.currency})`, style: "head", alignment: "right" },
        ],
        ...document.lines.map((line) => [line.description, { text: amount(line.net), alignment: "right" as const }]),
      ],
    },
    layout: fineLines({ beside: 6, above: 4 }),
    margin: [0, 0, 0, 12],
  };
}

function sums(document: InvoiceDocument, words: Words): Content {
  const amount = amounts(document);
  const { totals, withholding } = document;
  const row = (label: string, value: string, style?: string) => [
    { text: label, ...(style === undefined ? {} : { style }) },
    { text: value, alignment: "right" as const, ...(style === undefined ? {} : { style }) },
  ];
  const body = [
    row(words.net, amount(totals.net)),
    ...document.taxes.map((tax) => row(vatLabel(tax, words), amount(tax.vat))),
    row(words.gross, amount(totals.gross)),
    ...(withholding === null ? [] : [row(withholding.reason, amount(String(-BigInt(withholding.minor))))]),
    row(`${words.payable} (${document.currency})`, amount(totals.payable), "total"),
  ];
  return {
    columns: [
      { width: "*", text: "" },
      { width: 320, table: { widths: ["*", 110], body }, layout: fineLines({ beside: 6, above: 3 }) },
    ],
    margin: [0, 0, 0, 18],
  };
}

function vatLabel(tax: InvoiceTax, words: Words): string {
  return tax.rate === null ? words.noVat : `${words.vat} ${percent(tax.rate)}`;
}

function notes(document: InvoiceDocument, words: Words): Content[] {
  const reasons = document.taxes.map((tax) => tax.reason);
  const correction =
    document.corrects === null ? "" : `${words.corrects} ${document.corrects.number}: ${document.corrects.reason}`;
  return [correction, ...reasons, ...document.notes]
    .filter((text) => text !== "")
    .map((text) => ({ text, style: "note", margin: [0, 0, 0, 4] as [number, number, number, number] }));
}

/** Amounts as the invoice's language writes them; from digits, not through a float. */
function amounts(document: InvoiceDocument): (minor: string) => string {
  const format = new Intl.NumberFormat(document.language, { style: "currency", currency: document.currency });
  const places = format.resolvedOptions().maximumFractionDigits ?? 2;
  const plain = new Intl.NumberFormat(document.language, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    useGrouping: "always",
  });
  return (minor) => {
    const isNegative = minor.startsWith("-");
    const digits = minor.replace("-", "").padStart(places + 1, "0");
    const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    return plain.format(`${isNegative ? "-" : ""}${text}` as `${number}`);
  };
}
