import { fileURLToPath } from "node:url";
import type pdfmake from "pdfmake";
import type { Content } from "pdfmake";

export type { Content } from "pdfmake";

type Definition = Parameters<typeof pdfmake.createPdf>[0];

/** A document, page by page, before it is a file. Measures are points. */
export interface Paper {
  readonly title: string;
  readonly subject?: string;
  readonly language: "en" | "es" | "de";
  /** When it was written: the only time in the file, so that the same paper is the same file, byte for byte. */
  readonly writtenAt: Date;
  /** Left, top, right, bottom. */
  readonly margins: readonly [number, number, number, number];
  /** At the left of every page's foot; the number of the page stands at the right. */
  readonly foot: string;
  readonly text: { readonly fontSize: number; readonly lineHeight: number };
  /** `foot` is among them. */
  readonly styles: NonNullable<Definition["styles"]>;
  readonly content: readonly Content[];
}

const font = (name: string): string => fileURLToPath(import.meta.resolve(`pdfmake/fonts/Roboto/Roboto-${name}.ttf`));
const ROBOTO = {
  normal: font("Regular"),
  bold: font("Medium"),
  italics: font("Italic"),
  bolditalics: font("MediumItalic"),
};
const FONT_FILES = new Set<string>(Object.values(ROBOTO));
let library: Promise<typeof pdfmake> | undefined;

/** Most starts of the program draw no paper: the library comes with the first. It is told once which files it may open: its fonts, no address at all. */
async function prepared(): Promise<typeof pdfmake> {
  const { default: found } = await import("pdfmake");
  found.setFonts({ Roboto: ROBOTO });
  found.setUrlAccessPolicy(() => false);
  found.setLocalAccessPolicy((path) => FONT_FILES.has(path));
  return found;
}

/** The paper as a PDF. */
export async function pdfOf(paper: Paper): Promise<Buffer> {
  const [left, , right] = paper.margins;
  const definition: Definition = {
    info: {
      title: paper.title,
      ...(paper.subject === undefined ? {} : { subject: paper.subject }),
      creator: "Tributary",
      producer: "Tributary",
      creationDate: paper.writtenAt,
      modDate: paper.writtenAt,
    },
    pageSize: "A4",
    pageMargins: [...paper.margins],
    language: paper.language,
    defaultStyle: { font: "Roboto", ...paper.text, color: "#1d2433" },
    styles: paper.styles,
    // A heading that would stand alone at the foot of a page goes with what it heads.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      node.headlineLevel !== undefined && getFollowingNodesOnPage().every((one) => one.headlineLevel !== undefined),
    footer: (page: number, pages: number): Content => ({
      columns: [
        { width: "*", text: paper.foot },
        { width: "auto", text: `${page} / ${pages}`, alignment: "right" },
      ],
      style: "foot",
      margin: [left, 24, right, 0],
    }),
    content: [...paper.content],
  };
  library ??= prepared();
  return await (await library).createPdf(definition).getBuffer();
}

/** The layout of a table with a fine line under every row. @param padding points beside and above each cell */
export function fineLines(padding: { readonly beside: number; readonly above: number }) {
  return {
    hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
    vLineWidth: () => 0,
    hLineColor: () => "#d5dae3",
    paddingLeft: (column: number) => (column === 0 ? 0 : padding.beside),
    paddingTop: () => padding.above,
    paddingBottom: () => padding.above,
  };
}
