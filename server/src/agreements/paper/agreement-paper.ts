import { fileURLToPath } from "node:url";
import pdfmake, { type Content } from "pdfmake";
import { markdownBlocks } from "./markdown.ts";
import { PAPER_WORDS } from "./words.ts";

type TDocumentDefinitions = Parameters<typeof pdfmake.createPdf>[0];

/** Everything that stands on the paper of a version. Nothing else flows into it, so the same version is the same file, byte for byte. */
export interface PaperFacts {
  readonly language: "en" | "es";
  readonly agreementId: string;
  readonly version: number;
  readonly round: number;
  readonly status: string;
  readonly partnerName: string;
  readonly partnerLegalName: string;
  readonly programName: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly termsText: string;
  readonly termsHash: string;
  readonly planHash: string;
  /** When the round was written. */
  readonly madeAt: Date;
  readonly signed: {
    readonly name: string;
    readonly at: Date;
    readonly address: string;
    readonly userAgent: string | null;
  } | null;
}

const font = (name: string): string => fileURLToPath(import.meta.resolve(`pdfmake/fonts/Roboto/Roboto-${name}.ttf`));
const ROBOTO = {
  normal: font("Regular"),
  bold: font("Medium"),
  italics: font("Italic"),
  bolditalics: font("MediumItalic"),
};
const FONT_FILES = new Set<string>(Object.values(ROBOTO));
let ready = false;

/** The library is told once which files it may open: its fonts, and no address at all. */
function prepared(): typeof pdfmake {
  if (!ready) {
    pdfmake.setFonts({ Roboto: ROBOTO });
    pdfmake.setUrlAccessPolicy(() => false);
    pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path));
    ready = true;
  }
  return pdfmake;
}

/** The agreement as a PDF: the text with the plan in plain language, and the signature block with the hash. */
export async function agreementPaper(facts: PaperFacts): Promise<Buffer> {
  return await prepared().createPdf(definition(facts)).getBuffer();
}

function definition(facts: PaperFacts): TDocumentDefinitions {
  const words = PAPER_WORDS[facts.language];
  const title = words.title(facts.programName, facts.partnerName);
  const written = facts.signed?.at ?? facts.madeAt;
  return {
    info: {
      title,
      subject: `${facts.agreementId} ${words.version(facts.version, facts.round)}`,
      creator: "Tributary",
      producer: "Tributary",
      creationDate: written,
      modDate: written,
    },
    pageSize: "A4",
    pageMargins: [62, 60, 62, 66],
    language: facts.language,
    defaultStyle: { font: "Roboto", fontSize: 10, lineHeight: 1.3, color: "#1d2433" },
    styles: STYLES,
    // A heading that would stand alone at the foot of a page goes with what it heads.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      node.headlineLevel !== undefined && getFollowingNodesOnPage().every((one) => one.headlineLevel !== undefined),
    footer: (page: number, pages: number): Content => ({
      columns: [
        {
          width: "*",
          text: `${facts.agreementId} · ${words.version(facts.version, facts.round)} · ${facts.termsHash.slice(0, 16)}…`,
        },
        { width: "auto", text: `${page} / ${pages}`, alignment: "right" },
      ],
      style: "foot",
      margin: [62, 24, 62, 0],
    }),
    content: [
      { text: title, style: "title" },
      facts.signed === null ? { text: words.unsigned(facts.status), style: "unsigned" } : "",
      parties(facts),
      ...markdownBlocks(facts.termsText),
      signature(facts),
    ],
  };
}

const STYLES: TDocumentDefinitions["styles"] = {
  title: { fontSize: 18, bold: true, margin: [0, 0, 0, 6] },
  unsigned: { color: "#8a4b00", margin: [0, 0, 0, 8] },
  heading: { fontSize: 12.5, bold: true, margin: [0, 14, 0, 4] },
  number: { color: "#5a6577" },
  subheading: { fontSize: 10.5, bold: true, margin: [0, 8, 0, 4] },
  paragraph: { margin: [0, 0, 0, 6] },
  list: { margin: [4, 0, 0, 6] },
  quote: { margin: [12, 0, 0, 6], italics: true },
  label: { color: "#5a6577", fontSize: 9 },
  mono: { fontSize: 8.5 },
  foot: { fontSize: 8, color: "#5a6577" },
};

function parties(facts: PaperFacts): Content {
  const words = PAPER_WORDS[facts.language];
  return rows([
    [words.partner, facts.partnerLegalName || facts.partnerName],
    [words.program, facts.programName],
    [words.validFrom, facts.validFrom],
    [words.validTo, facts.validTo === null ? words.open : words.exclusive(facts.validTo)],
  ]);
}

/** Name, time, address and hash: what proves who agreed to exactly this. */
function signature(facts: PaperFacts): Content {
  const words = PAPER_WORDS[facts.language];
  const { signed } = facts;
  const lines: readonly (readonly [string, string])[] = [
    ...(signed === null
      ? []
      : ([
          [words.signedBy, signed.name],
          [words.signedAt, signed.at.toISOString().slice(0, 19).replace("T", " ")],
          [words.address, signed.address],
          ...(signed.userAgent === null ? [] : [[words.userAgent, signed.userAgent] as const]),
        ] as const)),
    [words.termsHash, facts.termsHash],
    [words.planHash, facts.planHash],
  ];
  return {
    unbreakable: true,
    stack: [
      { text: signed === null ? words.notSigned : words.signature, style: "heading" },
      { text: words.hashMeans, style: "label", margin: [0, 0, 0, 6] },
      rows(lines),
    ],
  };
}

/** A fine line under every row. */
const LINES = {
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => "#d5dae3",
  paddingLeft: (column: number) => (column === 0 ? 0 : 8),
  paddingTop: () => 4,
  paddingBottom: () => 4,
};

function rows(lines: readonly (readonly [string, string])[]): Content {
  return {
    layout: LINES,
    margin: [0, 0, 0, 10],
    table: {
      widths: [120, "*"],
      body: lines.map(([label, value]) => [
        { text: label, style: "label" },
        { text: value, style: /^[0-9a-f]{64}$/.test(value) ? "mono" : "paragraph", margin: [0, 0, 0, 0] },
      ]),
    },
  };
}
