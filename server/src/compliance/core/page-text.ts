const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  copy: "©",
  ndash: "–",
  mdash: "—",
  rsquo: "’",
  lsquo: "‘",
  euro: "€",
};

/** The words of a page as a visitor reads them, with titles, descriptions and texts of pictures: claims hide there as well. */
export function pageText(html: string): string {
  const described = [...html.matchAll(/<meta\b[^>]*\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>/gi)]
    .filter(([tag]) =>
      /\b(?:name|property)\s*=\s*["']?(?:description|og:title|og:description|twitter:title|twitter:description)\b/i.test(
        tag,
      ),
    )
    .map(([, a, b]) => a ?? b ?? "");
  const pictures = [...html.matchAll(/<img\b[^>]*\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(
    ([, a, b]) => a ?? b ?? "",
  );
  const body = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(script|style|template|noscript|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<(?:br|p|div|li|tr|h[1-6]|section|article|header|footer|td|th|option)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, " ");
  return decoded([body, ...described, ...pictures].join("\n"))
    .replace(/[ \t\f\r\u00a0]+/g, " ")
    .replace(/ ?\n[ \n]*/g, "\n")
    .trim();
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (whole, digits?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = digits === undefined ? Number.parseInt(hex ?? "", 16) : Number(digits);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : " ";
    },
  );
}
