import { type AliasVendor, aliasKey, fold, isUnmistakable } from "../core/alias.ts";
import { decodeLenient, eachPair } from "../core/query.ts";
import type { EdgeAliasRow } from "../store/alias-rows.ts";

/** An alias that a request met. */
export interface FoundAlias {
  readonly code: string;
  readonly vendor: AliasVendor;
  /** parameters that named the link, in the case in which they are compared */
  readonly naming: readonly string[];
}

/** Aliases of one path that are named by the same parameters. */
interface Group {
  readonly names: readonly string[];
  readonly caseSensitive: boolean;
  /** null: two programs have an alias of this address */
  readonly byKey: Map<string, (FoundAlias & { readonly programId: string }) | null>;
}

type Paths = Map<string, Group[]>;

/**
 * Old addresses of imported links, in memory: for hosts that aliases name, for the tracking domains of programs, and, for addresses that
 * cannot be mistaken, for every other host. A look-up costs one map per scope and one key per set of parameters, however many there are.
 */
export class AliasTable {
  #hosts = new Map<string, Paths>();
  #programs = new Map<string, Paths>();
  #anywhere: Paths = new Map();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  put(rows: readonly EdgeAliasRow[]): void {
    this.#hosts = new Map();
    this.#programs = new Map();
    this.#anywhere = new Map();
    this.#size = rows.length;
    for (const row of rows) {
      if (row.host !== null) insert(scope(this.#hosts, row.host), row);
      insert(scope(this.#programs, row.program_id), row);
      if (isUnmistakable(row.vendor, row.path)) insert(this.#anywhere, row);
    }
  }

  /** @param path without a slash at the end @param from where the query starts in the url, or its length */
  find(host: string, programId: string | undefined, path: string, url: string, from: number): FoundAlias | undefined {
    const own = this.#hosts.get(host);
    if (own !== undefined) return lookUp(own, path, url, from);
    if (programId !== undefined) {
      const paths = this.#programs.get(programId);
      return paths === undefined ? undefined : lookUp(paths, path, url, from);
    }
    return lookUp(this.#anywhere, path, url, from);
  }
}

function scope(scopes: Map<string, Paths>, name: string): Paths {
  const found = scopes.get(name) ?? new Map<string, Group[]>();
  scopes.set(name, found);
  return found;
}

function insert(paths: Paths, row: EdgeAliasRow): void {
  const path = fold(row.path, row.case_sensitive);
  const groups = paths.get(path) ?? [];
  paths.set(path, groups);
  const names = Object.keys(row.params).sort();
  let group = groups.find((one) => one.caseSensitive === row.case_sensitive && same(one.names, names));
  if (group === undefined) {
    group = { names, caseSensitive: row.case_sensitive, byKey: new Map() };
    groups.push(group);
    // The address that says more goes first.
    groups.sort((a, b) => b.names.length - a.names.length);
  }
  const before = group.byKey.get(row.match_key);
  const clash = before === null || (before !== undefined && before.programId !== row.program_id);
  const found = { code: row.code, vendor: row.vendor, naming: names, programId: row.program_id };
  group.byKey.set(row.match_key, clash ? null : found);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}

function lookUp(paths: Paths, path: string, url: string, from: number): FoundAlias | undefined {
  const lower = path.toLowerCase();
  const exact = paths.get(path);
  const folded = lower === path ? undefined : paths.get(lower);
  for (const group of [...(exact ?? []), ...(folded ?? [])]) {
    if (group.caseSensitive && exact?.includes(group) !== true) continue;
    const params = paramsOf(group, url, from);
    if (params === undefined) continue;
    const found = group.byKey.get(aliasKey(path, params, group.caseSensitive));
    if (found) return found;
  }
  return undefined;
}

function paramsOf(group: Group, url: string, from: number): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  if (group.names.length === 0) return params;
  let missing = group.names.length;
  eachPair(url, from, (rawName, rawValue) => {
    const name = fold(rawName, group.caseSensitive);
    if (!group.names.includes(name) || name in params) return;
    params[name] = decodeLenient(rawValue);
    missing -= 1;
  });
  return missing === 0 ? params : undefined;
}
