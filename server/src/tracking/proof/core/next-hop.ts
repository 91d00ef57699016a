/** How a page sends its visitor on without a redirect. */
export interface NextHop {
  readonly via: "meta_refresh" | "script";
  /** null: the script works it out, which is beyond a test */
  readonly url: string | null;
}

const META = /<meta\b[^<>]{0,5000}>/gi;
const REFRESH = /http-equiv\s*=\s*["']?\s*refresh\b/i;
const CONTENT = /\bcontent\s*=\s*(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s>]{1,4000}))/i;
const TARGET = /^\s*([\d.]*)\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"']*)/i;
/** `location = "…"`, `location.href = "…"`, `location.replace("…")`, `location.assign("…")`, on window, document, self, top or parent. */
const SCRIPT =
  /(?<![\w.$])(?:(?:window|document|self|top|parent)\s*\.\s*)?location\s*(?:(?:\.\s*href)?\s*=(?!=)|\.\s*(?:replace|assign)\s*\()\s*(["'`])((?:(?!\1)[^\\\n]|\\.){1,4000})\1\s*(?![\s+.])/;
/** The same with anything behind it; and a form that sends itself. */
const WORKED_OUT =
  /(?<![\w.$])(?:(?:window|document|self|top|parent)\s*\.\s*)?location\s*(?:(?:\.\s*href)?\s*=(?!=)|\.\s*(?:replace|assign)\s*\()|\bforms?\b[^;{}]{0,200}\.\s*submit\s*\(\s*\)/;
const SCRIPTS = /<script\b([^>]*)>([\s\S]*?)(?:<\/script>|$)/gi;
/** A page that shows more than this is one that somebody reads: what its scripts may do when they are asked to is no redirect. */
const MOST_TEXT = 300;
/** A page that waits longer than this before it sends its visitor on is the page that was meant. */
const LONGEST_WAIT_S = 10;

/**
 * Where a page of HTML leads by itself: a meta refresh, or, on a page that shows hardly anything, an address that a script in it goes to. What a
 * script works out is beyond this: such a chain ends here for the test, which says so.
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
  if (shownText(page).length > MOST_TEXT) return undefined;
  let workedOut = /\bonload\s*=\s*["'][^"'<>]{0,200}\.submit\(/i.test(page);
  for (const [, attributes = "", text = ""] of page.matchAll(SCRIPTS)) {
    if (
      /\bsrc\s*=/i.test(attributes) ||
      /type\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/template)/i.test(attributes)
    )
      continue;
    const script = withoutComments(text);
    const found = SCRIPT.exec(script);
    const isWhole = found?.[2] !== undefined && !(found[1] === "`" && found[2].includes("${"));
    const url = isWhole ? URL.parse(plain(found[2] ?? ""), base) : null;
    if (url !== null && /^https?:$/.test(url.protocol)) return { via: "script", url: url.href };
    workedOut ||= !isWhole && WORKED_OUT.test(script);
  }
  return workedOut ? { via: "script", url: null } : undefined;
}

/** A literal as its script reads it. */
function plain(literal: string): string {
  return literal
    .replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, long, short) =>
      String.fromCharCode(Number.parseInt(long ?? short, 16)),
    )
    .replace(/\\(.)/g, "$1");
}

/** What a visitor may read of a page. */
function shownText(page: string): string {
  return page
    .replace(/<(script|style|noscript|title)\b[\s\S]*?(?:<\/\1>|$)/gi, "")
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ");
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
