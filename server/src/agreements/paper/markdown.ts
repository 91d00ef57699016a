import { lexer, type Token, type Tokens } from "marked";
import type { Content } from "../../paper/paper.ts";

/** A piece of text with its emphasis. */
type ContentText = Extract<Content, { readonly text: unknown; readonly ol?: never; readonly ul?: never }>;

/** Markdown as the blocks of a page: headings, paragraphs, lists, emphasis. Pictures and HTML stay text, so that a clause cannot bring in anything. */
export function markdownBlocks(text: string): Content[] {
  return lexer(text).flatMap(block);
}

function block(token: Token): Content[] {
  switch (token.type) {
    case "space":
      return [];
    case "heading": {
      const { depth, tokens } = token as Tokens.Heading;
      return [{ text: inline(tokens), style: depth <= 2 ? "heading" : "subheading", headlineLevel: depth }];
    }
    case "list": {
      const { ordered, items } = token as Tokens.List;
      const lines = items.map((item): Content => ({ stack: item.tokens.flatMap(block) }));
      return [ordered ? { ol: lines, style: "list" } : { ul: lines, style: "list" }];
    }
    case "blockquote":
      return [{ stack: (token as Tokens.Blockquote).tokens.flatMap(block), style: "quote" }];
    case "paragraph":
      return [paragraph((token as Tokens.Paragraph).tokens)];
    case "text":
      return [{ text: inline((token as Tokens.Text).tokens ?? [token]) }];
    default:
      return [{ text: token.raw.trim(), style: "paragraph" }];
  }
}

/** A number as people cite it (`3.1.2`, `(b)`) hangs before what it numbers. */
const NUMBER = /^(\d+(?:\.\d+)+|\([a-z]{1,2}\)) /;
const NUMBER_WIDTH = 34;
const LETTER_WIDTH = 20;

function paragraph(tokens: readonly Token[]): Content {
  const [first, ...rest] = tokens;
  const number = first?.type === "text" ? NUMBER.exec((first as Tokens.Text).text)?.[1] : undefined;
  if (first === undefined || number === undefined) return { text: inline(tokens), style: "paragraph" };
  const text = (first as Tokens.Text).text.slice(number.length + 1);
  const isLetter = number.startsWith("(");
  const clause: Content = {
    columns: [
      { width: isLetter ? LETTER_WIDTH : NUMBER_WIDTH, text: number, style: "number" },
      { width: "*", text: inline([{ ...first, text } as Token, ...rest]) },
    ],
  };
  return { unbreakable: true, stack: [clause], margin: [isLetter ? NUMBER_WIDTH : 0, 0, 0, 4] };
}

function inline(tokens: readonly Token[]): ContentText[] {
  return tokens.flatMap((token): ContentText[] => {
    if (token.type === "strong") return inline((token as Tokens.Strong).tokens).map((one) => ({ ...one, bold: true }));
    if (token.type === "em") return inline((token as Tokens.Em).tokens).map((one) => ({ ...one, italics: true }));
    if (token.type === "br") return [{ text: "\n" }];
    if (token.type === "escape" || token.type === "codespan") return [{ text: (token as Tokens.Codespan).text }];
    if (token.type === "text") {
      const { tokens: inner, text } = token as Tokens.Text;
      return inner === undefined ? [{ text }] : inline(inner);
    }
    return [{ text: token.raw }];
  });
}
