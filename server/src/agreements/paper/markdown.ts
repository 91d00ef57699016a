import { lexer, type Token, type Tokens } from "marked";
import type { Content } from "pdfmake";

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
      return [{ text: inline(tokens), style: depth <= 2 ? "heading" : "subheading" }];
    }
    case "list": {
      const { ordered, items } = token as Tokens.List;
      const lines = items.map((item): Content => ({ stack: item.tokens.flatMap(block) }));
      return [ordered ? { ol: lines, style: "list" } : { ul: lines, style: "list" }];
    }
    case "blockquote":
      return [{ stack: (token as Tokens.Blockquote).tokens.flatMap(block), style: "quote" }];
    case "paragraph":
      return [{ text: inline((token as Tokens.Paragraph).tokens), style: "paragraph" }];
    case "text":
      return [{ text: inline((token as Tokens.Text).tokens ?? [token]) }];
    default:
      return [{ text: token.raw.trim(), style: "paragraph" }];
  }
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
