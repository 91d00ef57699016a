import type { SetUpSheet } from "@tributary/contract";
import { type Content, fineLines, type Paper, pdfOf } from "../../paper/paper.ts";
import { SHEET_WORDS } from "./core/sheet-words.ts";

type Section = SetUpSheet["sections"][number];

const STYLES: Paper["styles"] = {
  title: { fontSize: 16, bold: true, margin: [0, 0, 0, 2] },
  under: { color: "#5a6577", margin: [0, 0, 0, 6] },
  heading: { fontSize: 11.5, bold: true, margin: [0, 12, 0, 4] },
  column: { bold: true, color: "#5a6577" },
  code: { fontSize: 7.5, color: "#1d2433" },
  label: { color: "#5a6577", fontSize: 8, margin: [0, 4, 0, 1] },
  foot: { fontSize: 7.5, color: "#5a6577" },
};

/** The set-up sheet on paper: what stands on the page, in the same order. */
export async function sheetPaper(sheet: SetUpSheet): Promise<Buffer> {
  const words = SHEET_WORDS[sheet.language];
  return await pdfOf({
    title: sheet.title,
    language: sheet.language,
    writtenAt: new Date(sheet.madeAt),
    margins: [48, 52, 48, 58],
    foot: words.foot(`${sheet.configuration.slice(0, 16)}…`, sheet.madeAt.slice(0, 16).replace("T", " ")),
    text: { fontSize: 9, lineHeight: 1.25 },
    styles: STYLES,
    content: [
      { text: sheet.title, style: "title" },
      { text: `${sheet.program.name} · ${sheet.offer.code} · ${sheet.partner.code}`, style: "under" },
      ...sheet.sections.flatMap(sectionContent),
    ],
  });
}

/** A short section stays on one page, with its heading. */
function sectionContent(section: Section): Content[] {
  const parts = partsOf(section);
  const isShort = section.rows.length <= 6 && section.text.length <= 8 && section.calls.length === 0;
  return isShort ? [{ unbreakable: true, stack: parts }] : parts;
}

function partsOf(section: Section): Content[] {
  return [
    { text: section.title, style: "heading", headlineLevel: 1 },
    ...(section.rows.length === 0 ? [] : [table(section.rows)]),
    ...section.text.map((text): Content => ({ ...written(text), margin: [0, 0, 0, 2] })),
    ...section.calls.map(
      (call): Content => ({
        unbreakable: true,
        stack: [
          { text: call.title, style: "label" },
          { ...written(call.text), style: "code", preserveLeadingSpaces: true },
        ],
      }),
    ),
  ];
}

function table(rows: readonly (readonly string[])[]): Content {
  const [heading = []] = rows;
  return {
    layout: fineLines({ beside: 6, above: 3 }),
    margin: [0, 0, 0, 6],
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: heading.map((_, column) => (column === 0 ? 110 : "*")),
      body: rows.map((row, place) =>
        row.map((cell) => ({ ...written(cell), ...(place === 0 ? { style: "column" } : {}) })),
      ),
    },
  };
}

/** An address is broken where the line ends, without a mark that would be copied with it; words are not. */
function written(text: string): { text: string; wordBreak?: "break-all" } {
  return /\S{30,}/.test(text) ? { text, wordBreak: "break-all" } : { text };
}
