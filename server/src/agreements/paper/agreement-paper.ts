import { type Content, fineLines, type Paper, pdfOf } from "../../paper/paper.ts";
import { markdownBlocks } from "./markdown.ts";
import { PAPER_WORDS } from "./words.ts";

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

/** The agreement as a PDF: the text with the plan in plain language, and the signature block with the hash. */
export async function agreementPaper(facts: PaperFacts): Promise<Buffer> {
  const words = PAPER_WORDS[facts.language];
  const title = words.title(facts.programName, facts.partnerName);
  const version = words.version(facts.version, facts.round);
  return await pdfOf({
    title,
    subject: `${facts.agreementId} ${version}`,
    language: facts.language,
    writtenAt: facts.signed?.at ?? facts.madeAt,
    margins: [62, 60, 62, 66],
    foot: `${facts.agreementId} · ${version} · ${facts.termsHash.slice(0, 16)}…`,
    text: { fontSize: 10, lineHeight: 1.3 },
    styles: STYLES,
    content: [
      { text: title, style: "title" },
      facts.signed === null ? { text: words.unsigned(facts.status), style: "unsigned" } : "",
      parties(facts),
      ...markdownBlocks(facts.termsText),
      signature(facts),
    ],
  });
}

const STYLES: Paper["styles"] = {
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

function rows(lines: readonly (readonly [string, string])[]): Content {
  return {
    layout: fineLines({ beside: 8, above: 4 }),
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
