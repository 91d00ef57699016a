import type { Dialect, PathRule } from "./core/contracts.ts";

/** A dialect's rule that a path follows. */
export interface Listener {
  readonly dialect: Dialect;
  readonly rule: PathRule;
  /** What stands in the varying segments, still encoded. */
  readonly segments: Readonly<Record<string, string>>;
}

/** Finds who listens on a path; costs a path that nobody listens on three look-ups. */
export interface Listeners {
  find(method: string, path: string, query: string): readonly Listener[];
}

interface Pattern {
  readonly dialect: Dialect;
  readonly rule: PathRule;
  readonly parts: readonly string[];
}

/** @param dialects asked in their order */
export function listenersOf(dialects: readonly Dialect[]): Listeners {
  const patterns = dialects.flatMap((dialect) =>
    dialect.paths.map((rule) => ({ dialect, rule, parts: partsOf(rule.path.toLowerCase()) })),
  );
  const exact = Map.groupBy(
    patterns.filter((one) => !one.rule.path.includes(":")),
    (one) => one.rule.path.toLowerCase(),
  );
  const varying = Map.groupBy(
    patterns.filter((one) => one.rule.path.includes("/:") && !inFolder(one)),
    (one) => one.parts[0] ?? "",
  );
  const folders = Map.groupBy(patterns.filter(inFolder), (one) => behindFirst(one.rule.path.toLowerCase()));
  const words = Map.groupBy(
    patterns.filter((one) => isWord(one.rule.path)),
    (one) => one.rule.path.slice(1, one.rule.path.indexOf(":")),
  );
  return {
    find(method, path, query) {
      const plain = plainPath(path).toLowerCase();
      const here = exact.get(plain) ?? [];
      const there = varying.get(firstOf(plain)) ?? words.get(capitalsOf(path)) ?? folders.get(behindFirst(plain)) ?? [];
      if (here.length + there.length === 0) return [];
      return [...here, ...there].flatMap((pattern) => listenerAt(pattern, method, path, query));
    },
  };
}

function listenerAt(pattern: Pattern, method: string, path: string, query: string): Listener[] {
  const { dialect, rule, parts } = pattern;
  if (!(rule.methods as readonly string[]).includes(method)) return [];
  if (rule.needs?.some((name) => !hasParameter(query, name))) return [];
  if (rule.lacks?.some((name) => hasParameter(query, name))) return [];
  const sent = partsOf(plainPath(path));
  if (sent.length !== parts.length) return [];
  if (isWord(rule.path)) return wordAt(pattern, sent[0] ?? "");
  const segments: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const given = sent[at] ?? "";
    if (part.startsWith(":")) segments[partsOf(rule.path)[at]?.slice(1) ?? ""] = given;
    else if (part !== given.toLowerCase()) return [];
  }
  return [{ dialect, rule, segments }];
}

/** `/SL:offer`: a word that begins with capitals, and goes on with what varies. */
function isWord(path: string): boolean {
  return path.indexOf(":") > 1 && !path.includes("/:");
}

const WORD = /^\/([A-Z]{2})[0-9A-Za-z]{1,6}\/?$/;

function capitalsOf(path: string): string {
  return WORD.exec(path)?.[1] ?? "";
}

function wordAt({ dialect, rule }: Pattern, sent: string): Listener[] {
  const colon = rule.path.indexOf(":");
  return [{ dialect, rule, segments: { [rule.path.slice(colon + 1)]: sent.slice(colon - 1) } }];
}

function partsOf(path: string): readonly string[] {
  return path.split("/").slice(1);
}

function firstOf(path: string): string {
  const end = path.indexOf("/", 1);
  return path.slice(1, end < 0 ? undefined : end);
}

/** `/:folder/scripts/sale.php`: the folder varies, what stands in it does not. */
function inFolder({ parts }: Pattern): boolean {
  return parts.findLastIndex((part) => part.startsWith(":")) === 0;
}

function behindFirst(path: string): string {
  const end = path.indexOf("/", 1);
  return end < 0 ? "" : path.slice(end);
}

/** Without a slash at its end, `/` at least. */
export function plainPath(path: string): string {
  let end = path.length;
  while (end > 1 && path.charCodeAt(end - 1) === 47) end -= 1;
  return end === 0 ? "/" : path.slice(0, end);
}

function hasParameter(query: string, name: string): boolean {
  const lower = `&${query.toLowerCase()}`;
  return lower.includes(`&${name.toLowerCase()}=`);
}
