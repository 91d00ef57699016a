import type { HandoverContent } from "@tributary/contract";
import { type Content, fineLines, type Paper, pdfOf } from "../../paper/paper.ts";

const STYLES: Paper["styles"] = {
  title: { fontSize: 18, bold: true, margin: [0, 0, 0, 8] },
  heading: { fontSize: 12, bold: true, margin: [0, 14, 0, 4] },
  paragraph: { margin: [0, 0, 0, 4] },
  label: { color: "#5a6577", fontSize: 9 },
  foot: { fontSize: 8, color: "#5a6577" },
};

/** The handover as a PDF; the same content and instant are the same file, byte for byte. */
export async function handoverPaper(content: HandoverContent, id: string, writtenAt: Date): Promise<Buffer> {
  return await pdfOf({
    title: content.title,
    subject: id,
    language: content.language,
    writtenAt,
    margins: [56, 56, 56, 62],
    foot: `${id} · ${writtenAt.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    text: { fontSize: 9.5, lineHeight: 1.25 },
    styles: STYLES,
    content: [{ text: content.title, style: "title" }, ...content.sections.flatMap(blocks)],
  });
}

function blocks(section: HandoverContent["sections"][number]): Content[] {
  const heading: Content = { text: section.title, style: "heading", headlineLevel: 1 };
  const table: Content = {
    layout: fineLines({ beside: 10, above: 3 }),
    table: {
      widths: [150, "*"],
      body: section.rows.map(({ label, value }) => [{ text: label, style: "label" }, value || "–"]),
    },
  };
  const text = section.text.map((one): Content => ({ text: one, style: "paragraph" }));
  return [heading, ...(section.rows.length === 0 ? [] : [table]), ...text];
}
