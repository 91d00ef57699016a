/** How a page sends its visitor on without a redirect. */
export interface NextHop {
  readonly via: "meta_refresh" | "script";
  readonly url: string;
}

const META = /<meta\b[^<>]{0,5000}>/gi;
const REFRESH = /http-equiv\s*=\s*["']?\s*refresh\b/i;
const CONTENT = /\bcontent\s*=\s*(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s>]{1,4000}))/i;
const TARGET = /^\s*([\d.]*)\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"']*)/i;
/** `location = "…"`, `location.href = "…"`, `location.replace("…")`, `location.assign("…")`, on window, document, self, top or parent. */
const SCRIPT =
  /(?<![\w.$])(?:(?:window|document|self|top|parent)\s*\.\s*)?location\s*(?:(?:\.\s*href)?\s*=(?!=)|\.\s*(?:replace|assign)\s*\()\s*(["'`])((?:(?!\1)[^\\\n]|\\.){1,4000})\1/;
const SCRIPTS = /<script\b([^>]*)>([\s\S]*?)(?:<\/script>|$)/gi;
/** A page that waits longer than this before it sends its visitor on is the page that was meant. */
const LONGEST_WAIT_S = 10;

/**
 * Where a page of HTML leads by itself: a meta refresh, or a plain assignment of an address in a script that stands in the page. What a
 * script works out is beyond this: such a chain ends here for the test.
 * @param base address of the page, against which a relative one is read
 */
export function nextHopOf(html: string, base: string): NextHop | undefined {
  const page = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  return metaRefresh(page, base) ?? scriptedHop(page, base);
}

function metaRefresh(page: string, base: string): NextHop | undefined {
  const visible = page.replace(/<noscript\b[\s\S]*?(?:<\/noscript>|$)/gi, "");
  for (const [tag] of visible.matchAll(META)) {
    if (!REFRESH.test(tag)) continue;
    const content = CONTENT.exec(tag);
    const [, seconds = "", target = ""] =
      TARGET.exec(unescaped(content?.[1] ?? content?.[2] ?? content?.[3] ?? "")) ?? [];
    const url = URL.parse(target.trim(), base);
    if (target.trim() !== "" && url !== null && Number(seconds || "0") <= LONGEST_WAIT_S)
      return { via: "meta_refresh", url: url.href };
  }
  return undefined;
}

function scriptedHop(page: string, base: string): NextHop | undefined {
  for (const [, attributes = "", text = ""] of page.matchAll(SCRIPTS)) {
    if (
      /\bsrc\s*=/i.test(attributes) ||
      /type\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/template)/i.test(attributes)
    )
      continue;
    const found = SCRIPT.exec(withoutComments(text));
    const url = found?.[2] === undefined ? null : URL.parse(found[2].replace(/\\(.)/g, "$1"), base);
    if (url !== null && /^https?:$/.test(url.protocol)) return { via: "script", url: url.href };
  }
  return undefined;
}

/** Comments go, but not what looks like one inside an address (`https://`). */
function withoutComments(script: string): string {
  return script.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, " ").replace(/(^|[\s;{}])\/\/[^\n]*/g, "$1");
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|(amp|quot|apos|lt|gt));/gi, (all, number, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
    const code = number === undefined ? Number.parseInt(hex, 16) : Number(number);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
