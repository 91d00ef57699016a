import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { ListEntry, Topic } from "../core/names.ts";
import { type Detected, detectFormat } from "./detect.ts";
import { readEuCsv, readEuXml } from "./eu.ts";
import { beginningOf, ListProblem, textOf } from "./files.ts";
import { readGeneric } from "./generic.ts";
import { readOfacAdvanced } from "./ofac-advanced.ts";
import { readOfacDelimited } from "./ofac-delimited.ts";
import { readOfacXml } from "./ofac-xml.ts";
import { readJsonEntities, readNames, readSimpleCsv, topicOf } from "./open-sanctions.ts";
import { readOfsiXml, readUkCsv, readUkXml } from "./uk.ts";
import { readUn } from "./un.ts";

export interface ListSource {
  /** the list's name: said by the asker, or told by format and file */
  readonly list: string;
  readonly path: string;
  readonly format: string;
  entries(): AsyncGenerator<ListEntry>;
}

interface SkippedFile {
  readonly file: string;
  /** one sentence */
  readonly reason: string;
}

interface SourceOptions {
  readonly list?: string;
  readonly topic?: Topic;
}

const DEEPEST = 6;
const READABLE = /\.(?:xml|csv|txt|tsv|json|jsonl|ndjson|del|pip)(?:\.gz)?$/i;
/** What publishers offer as well and nobody may take for looked into: it is told that it was not read. */
const CLOSED: readonly (readonly [RegExp, string])[] = [
  [/\.(?:ods|xlsx?|xlsb|numbers)$/i, "a spreadsheet"],
  [/\.(?:zip|7z|rar|tar|tgz|bz2|xz)$/i, "an archive"],
  [/\.(?:pdf|docx?|odt|html?)$/i, "a document for people"],
];
/** Files that go with another one: aliases, addresses, remarks. */
const PART = /^(?:alt|add|sdn_comments|cons_alt|cons_add|cons_comments)\.(?:csv|del|pip|txt)$/i;

/** Every list of a folder, also in folders inside it, or the one list of a file. @throws ListProblem */
export async function listSources(
  path: string,
  options: SourceOptions = {},
): Promise<{ sources: ListSource[]; skipped: SkippedFile[] }> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new ListProblem(`There is no file or folder ${path}.`);
  if (found.isFile()) return { sources: [await sourceOf(path, options)], skipped: [] };
  const sources: ListSource[] = [];
  const skipped: SkippedFile[] = [];
  for (const file of await filesIn(path, 0))
    try {
      const closed = CLOSED.find(([name]) => name.test(file))?.[1];
      if (closed !== undefined) throw new ListProblem(`${file} is ${closed}: use the list's XML or CSV.`);
      if (!PART.test(basename(file))) sources.push(await sourceOf(file, options));
    } catch (error) {
      if (!(error instanceof ListProblem)) throw error;
      skipped.push({ file, reason: error.message });
    }
  if (sources.length === 0)
    throw new ListProblem(
      `The folder ${path} holds no list that is known: see docs/guides/screening.md for the formats.`,
    );
  return { sources: distinct(sources), skipped };
}

async function filesIn(folder: string, depth: number): Promise<string[]> {
  const inside: Dirent[] = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new ListProblem(`The folder ${folder} cannot be read (${error.message}).`);
  });
  const files: string[] = [];
  for (const entry of inside.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < DEEPEST) files.push(...(await filesIn(path, depth + 1)));
    else if (entry.isFile() && (READABLE.test(entry.name) || CLOSED.some(([name]) => name.test(entry.name))))
      files.push(path);
  }
  return files;
}

/** Two files of the same list keep apart by their names. */
function distinct(sources: readonly ListSource[]): ListSource[] {
  const count = new Map<string, number>();
  for (const { list } of sources) count.set(list, (count.get(list) ?? 0) + 1);
  return sources.map((source) =>
    (count.get(source.list) ?? 0) > 1 ? renamed(source, `${source.list}.${plainName(source.path)}`) : source,
  );
}

function renamed(source: ListSource, list: string): ListSource {
  return {
    ...source,
    list,
    async *entries() {
      for await (const entry of source.entries()) yield { ...entry, list };
    },
  };
}

const plainName = (path: string) =>
  basename(path)
    .replace(/\.gz$/i, "")
    .replace(extname(basename(path).replace(/\.gz$/i, "")), "")
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 60) || "list";

async function sourceOf(path: string, options: SourceOptions): Promise<ListSource> {
  const detected = detectFormat(await beginningOf(path), basename(path));
  if (detected === undefined)
    throw new ListProblem(`${path} is no list of a known format: see docs/guides/screening.md for the formats.`);
  const list = options.list ?? listName(detected, path);
  return {
    list,
    path,
    format: detected.format,
    entries: () => guarded(readEntries(path, detected, list, options.topic), path),
  };
}

async function* guarded(entries: AsyncGenerator<ListEntry>, path: string): AsyncGenerator<ListEntry> {
  try {
    yield* entries;
  } catch (error) {
    throw new ListProblem(`${path} cannot be read to its end (${(error as Error).message.split("\n")[0]}).`);
  }
}

const NAMES: Readonly<Record<string, string>> = {
  "un-xml": "un",
  "eu-xml": "eu",
  "eu-csv": "eu",
  "uk-csv": "uk",
  "uk-xml": "uk",
  "ofsi-xml": "uk-ofsi",
};

function listName({ format }: Detected, path: string): string {
  if (format.startsWith("ofac")) return /cons/i.test(basename(path)) ? "ofac-consolidated" : "ofac-sdn";
  return NAMES[format] ?? plainName(path);
}

function readEntries(
  path: string,
  { format, delimiter }: Detected,
  list: string,
  topic: Topic | undefined,
): AsyncGenerator<ListEntry> {
  const chunks = () => textOf(path);
  const byName = topic ?? topicOfName(path);
  switch (format) {
    case "ofac-xml":
      return readOfacXml(chunks(), list);
    case "ofac-advanced":
      return readOfacAdvanced(chunks(), list);
    case "ofac-delimited":
      return delimited(path, delimiter, list);
    case "un-xml":
      return readUn(chunks(), list);
    case "eu-xml":
      return readEuXml(chunks(), list);
    case "eu-csv":
      return readEuCsv(chunks(), list);
    case "uk-csv":
      return readUkCsv(chunks(), list);
    case "uk-xml":
      return readUkXml(chunks(), list);
    case "ofsi-xml":
      return readOfsiXml(chunks(), list);
    case "opensanctions-csv":
      return readSimpleCsv(chunks(), list);
    case "json":
      return readJsonEntities(chunks(), list);
    case "names":
      return readNames(chunks(), list, byName ?? "sanction");
    case "csv":
      return readGeneric(chunks(), list, delimiter, byName);
  }
}

function topicOfName(path: string): Topic | undefined {
  const topic = topicOf(basename(path), false);
  return topic === "watch" ? (/watch/i.test(basename(path)) ? "watch" : undefined) : topic;
}

/** Aliases, addresses and remarks stand beside the parties' file, under OFAC's names. */
async function* delimited(path: string, delimiter: string, list: string): AsyncGenerator<ListEntry> {
  const folder = dirname(path);
  const inside = await readdir(folder);
  const prefix = /^cons_/i.test(basename(path)) ? "cons_" : "";
  const beside = (...names: readonly string[]) => {
    const found = inside.find((name) =>
      names.some((stem) => name.toLowerCase() === `${stem}${extname(path).toLowerCase()}`),
    );
    return found === undefined ? undefined : textOf(join(folder, found));
  };
  const aliases = beside(`${prefix}alt`);
  const addresses = beside(`${prefix}add`);
  const comments = beside(prefix === "" ? "sdn_comments" : "cons_comments");
  yield* readOfacDelimited(
    {
      parties: textOf(path),
      delimiter,
      ...(aliases && { aliases }),
      ...(addresses && { addresses }),
      ...(comments && { comments }),
    },
    list,
  );
}
