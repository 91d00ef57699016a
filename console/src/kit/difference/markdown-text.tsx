import { lexer, type Token, type Tokens } from "marked";
import type { ReactNode } from "react";
import css from "./difference.module.css";

/** Markdown that people wrote: headings, paragraphs, lists, emphasis. HTML, links and pictures stay text, so nothing foreign is loaded or run. */
export function MarkdownText({ text }: { readonly text: string }) {
  return <div className={css.markdown}>{blocks(lexer(text))}</div>;
}

function blocks(tokens: readonly Token[]): ReactNode[] {
  return placed(tokens).map(([place, token]) => <Block key={place} token={token} />);
}

function Block({ token }: { readonly token: Token }): ReactNode {
  if (token.type === "space") return null;
  if (token.type === "heading") {
    const { depth, tokens } = token as Tokens.Heading;
    return depth <= 2 ? <h3>{inline(tokens)}</h3> : <h4>{inline(tokens)}</h4>;
  }
  if (token.type === "list") {
    const { ordered, items } = token as Tokens.List;
    const lines = placed(items).map(([place, item]) => <li key={place}>{blocks(item.tokens)}</li>);
    return ordered ? <ol>{lines}</ol> : <ul>{lines}</ul>;
  }
  if (token.type === "paragraph") return <Paragraph tokens={(token as Tokens.Paragraph).tokens} />;
  if (token.type === "text") return inline((token as Tokens.Text).tokens ?? [token]);
  return <p>{token.raw}</p>;
}

/** A number as people cite it (`3.1.2`, `(b)`) hangs before what it numbers. */
const NUMBER = /^(\d+(?:\.\d+)+|\([a-z]{1,2}\)) /;

function Paragraph({ tokens }: { readonly tokens: readonly Token[] }) {
  const [first, ...rest] = tokens;
  const number = first?.type === "text" ? NUMBER.exec((first as Tokens.Text).text)?.[1] : undefined;
  if (first === undefined || number === undefined) return <p>{inline(tokens)}</p>;
  const text = (first as Tokens.Text).text.slice(number.length + 1);
  return (
    <p className={number.startsWith("(") ? css.letter : css.number}>
      <span>{number} </span>
      <span>{inline([{ ...first, text } as Token, ...rest])}</span>
    </p>
  );
}

function inline(tokens: readonly Token[]): ReactNode[] {
  return placed(tokens).map(([key, token]) => {
    if (token.type === "strong") return <strong key={key}>{inline((token as Tokens.Strong).tokens)}</strong>;
    if (token.type === "em") return <em key={key}>{inline((token as Tokens.Em).tokens)}</em>;
    if (token.type === "text" || token.type === "escape") return (token as Tokens.Text).text;
    return token.raw;
  });
}

/** Every piece with where it ends in its text: what tells it from its neighbours. */
function placed<T extends { readonly raw: string }>(tokens: readonly T[]): (readonly [number, T])[] {
  let place = 0;
  return tokens.map((token) => {
    place += token.raw.length;
    return [place, token] as const;
  });
}
