import * as audit from "../audit/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import type { ListEntry, Topic } from "./core/names.ts";
import { digestOf } from "./digest.ts";
import { ListProblem } from "./lists/files.ts";
import type { ListSource } from "./lists/folder.ts";
import * as store from "./store/lists.ts";

export interface LoadedList {
  readonly list: string;
  /** null: nothing was changed, no version was made */
  readonly version: number | null;
  readonly entries: number;
  readonly added: number;
  readonly removed: number;
  readonly altered: number;
}

/** A file with so much less than before is more likely broken off than right. */
const LEAST_PART = 0.5;
const SMALL = 20;

/**
 * Loads one list as its newest version and notes what it changed. The same content again makes no version.
 * @throws ListProblem when it has no entries, or fewer than half of those before and `force` was not given
 */
export async function loadList(
  ctx: Context,
  actor: audit.AuditActor,
  source: ListSource,
  options: { readonly force?: boolean; readonly topic?: Topic } = {},
): Promise<LoadedList> {
  const entries = new Map<string, store.StoredEntry>();
  for await (const given of source.entries()) {
    const entry: ListEntry = options.topic === undefined ? given : { ...given, topic: options.topic };
    entries.set(entry.id, { entryId: entry.id, name: entry.names[0]?.text ?? "", digest: digestOf(entry), entry });
  }
  if (entries.size === 0) throw new ListProblem(`${source.path} has no entries: nothing was changed.`);
  return await transact(ctx, (tx) => put(tx, actor, source, entries, options.force === true));
}

async function put(
  tx: TxContext,
  actor: audit.AuditActor,
  { list, path, format }: ListSource,
  entries: ReadonlyMap<string, store.StoredEntry>,
  force: boolean,
): Promise<LoadedList> {
  await store.lockList(tx.db, list);
  const before = await store.digestsOf(tx.db, list);
  if (!force && before.size > SMALL && entries.size < before.size * LEAST_PART)
    throw new ListProblem(
      `${path} has ${entries.size} entries where the list ${list} has ${before.size}: nothing was changed. Give --force if that is right.`,
    );
  const changes = changesOf(before, entries);
  const count = (change: store.Changed["change"]) => changes.filter((one) => one.change === change).length;
  const counts = { entries: entries.size, added: count("added"), removed: count("removed"), altered: count("altered") };
  if (changes.length === 0) return { list, version: null, ...counts };
  const version = ((await store.newestVersion(tx.db, list))?.version ?? 0) + 1;
  const changed = changes
    .filter(({ change }) => change !== "removed")
    .map(({ entryId }) => entries.get(entryId) as store.StoredEntry);
  await store.putEntries(tx.db, list, version, changed);
  const gone = changes.filter(({ change }) => change === "removed").map(({ entryId }) => entryId);
  await store.removeEntries(tx.db, list, version, gone);
  const topic = [...entries.values()][0]?.entry.topic ?? "sanction";
  const file = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const row = { list, version, format, file, topic, ...counts, loaded_at: tx.clock.now(), loaded_by: actor.name };
  await store.putVersion(tx.db, row, changes);
  await audit.record(tx, actor, {
    action: "compliance.list_loaded",
    subjectKind: "screening_list",
    subjectId: list,
    after: { version, file, ...counts },
  });
  return { list, version, ...counts };
}

function changesOf(
  before: ReadonlyMap<string, { digest: string; name: string }>,
  after: ReadonlyMap<string, store.StoredEntry>,
): store.Changed[] {
  const changes: store.Changed[] = [];
  for (const { entryId, name, digest } of after.values()) {
    const old = before.get(entryId);
    if (old === undefined) changes.push({ entryId, name, change: "added" });
    else if (old.digest !== digest) changes.push({ entryId, name, change: "altered" });
  }
  for (const [entryId, { name }] of before) if (!after.has(entryId)) changes.push({ entryId, name, change: "removed" });
  return changes;
}
