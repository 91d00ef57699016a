import { type Context, transact } from "../database/context.ts";
import type { AuditActor, AuditEntry, AuditNote, ChainCheck } from "./contracts.ts";
import { GENESIS, hashOf, plain, step, type Walk } from "./core/chain.ts";
import { guardsIn, type Keys, keyOfNote, personsIn, sealFields, sealText, unseal } from "./core/seal.ts";
import { type AuditFilter, append, listEntries, lockHead, readForward, readHead } from "./store/entries.ts";
import { forgetKeys, keysOf, makeKeys } from "./store/keys.ts";

/**
 * Writes one change into the trail, in the transaction of the change. Writers stand in line until their transactions end, so
 * call it late in the transaction.
 */
export async function record(tx: Context, actor: AuditActor, note: AuditNote): Promise<void> {
  await recordMany(tx, actor, [note]);
}

/** The same for many changes of one action, e.g. an import: one wait in line for all of them. */
export async function recordMany(tx: Context, actor: AuditActor, notes: readonly AuditNote[]): Promise<void> {
  if (notes.length === 0) return;
  if (!tx.db.isTransaction) throw new Error("The audit trail is written in the transaction of the change");
  const head = await lockHead(tx.db);
  const at = tx.clock.now();
  const keys = await makeKeys(tx.db, personsOf(actor, notes));
  let { seq, hash: previousHash } = head;
  const entries: AuditEntry[] = [];
  for (const note of notes) {
    seq += 1n;
    const entry = { seq, at, ...entryOf(actor, note, keys, seq), previousHash };
    const hash = hashOf(entry);
    entries.push({ ...entry, hash });
    previousHash = hash;
  }
  await append(tx.db, entries);
}

/** Whose keys these notes are sealed with: the person who acts, and persons who are the records. */
function personsOf(actor: AuditActor, notes: readonly AuditNote[]): string[] {
  const subjects = notes.flatMap((note) => keyOfNote(note) ?? []);
  return [...new Set([...subjects, ...(PEOPLE.has(actor.kind) ? [actor.userId ?? actor.id] : [])])];
}

const PEOPLE = new Set(["user", "partner_user", "api_key"]);

function entryOf(actor: AuditActor, note: AuditNote, keys: Keys, seq: bigint) {
  const open = keyOfNote(note) === undefined;
  const sealed = (value: unknown, side: string): unknown =>
    open ? plain(value) : sealFields(note, plain(value), keys, `${seq}${side}`);
  const name = clean(actor.name);
  const by = actor.userId ?? actor.id;
  const principal = actor.acting?.principal;
  return {
    actorKind: clean(actor.kind),
    actorId: clean(actor.id),
    actorName: PEOPLE.has(actor.kind) ? sealText(JSON.stringify(name), by, keys, `${seq}actor`) : name,
    ...(principal === undefined ? {} : { actingFor: principal.id }),
    action: clean(note.action),
    subjectKind: clean(note.subjectKind),
    subjectId: clean(note.subjectId),
    partnerId: note.partnerId ?? null,
    before: sealed(note.before, "before"),
    after: sealed(note.after, "after"),
    reason: note.reason === undefined ? null : clean(note.reason),
  };
}

function clean(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/** An entry as it is read. */
export interface ReadEntry extends AuditEntry {
  /** Permissions that open what is protected in it; it reads `[protected]` here. */
  readonly guards: readonly string[];
}

/** A page of the trail, newest first, what is protected left shut. `before` is the seq that the page before ended with. */
export async function list(
  ctx: Context,
  filter: AuditFilter,
  page: { readonly limit: number; readonly before?: bigint | undefined },
): Promise<ReadEntry[]> {
  return await readable(ctx, await listEntries(ctx.db, filter, page));
}

/** One entry; what is protected in it is read by whoever `may`, who notes the look. */
export async function open(
  ctx: Context,
  seq: bigint,
  may: (permission: string) => boolean,
): Promise<ReadEntry | undefined> {
  const rows = await listEntries(ctx.db, {}, { limit: 1, before: seq + 1n });
  const [entry] = await readable(
    ctx,
    rows.filter((row) => row.seq === seq),
    may,
  );
  return entry;
}

async function readable(
  ctx: Context,
  rows: readonly AuditEntry[],
  may?: (permission: string) => boolean,
): Promise<ReadEntry[]> {
  const keys = await keysOf(ctx.db, [...personsIn(rows)]);
  return rows.map((row) => ({
    ...row,
    actorName: String(unseal(row.actorName, keys)),
    before: unseal(row.before, keys, may),
    after: unseal(row.after, keys, may),
    guards: guardsIn([row.before, row.after]),
  }));
}

/**
 * Destroys the keys of persons, for ever: what the trail says of them can be read by nobody any more, and its chain stays whole.
 * @returns how many keys there were
 */
export async function destroyKeys(tx: Context, personIds: readonly string[]): Promise<number> {
  return await forgetKeys(tx.db, personIds, tx.clock.now());
}

const BATCH = 1000;

/**
 * Walks the whole trail and says whether it is as it was written, and if not, which entry breaks it. One batch in memory at a time, one snapshot
 * of the database for the whole walk.
 * @param anchor an earlier head (`seq`, `hash`) that somebody noted outside: shows that the chain was not rewritten as a whole
 */
export async function verifyChain(
  ctx: Context,
  anchor?: { readonly seq: bigint; readonly hash: string },
): Promise<ChainCheck> {
  return await transact(
    ctx,
    async (tx) => {
      let walk: Walk = { seq: 0n, hash: GENESIS };
      for (;;) {
        const batch = await readForward(tx.db, walk.seq, BATCH);
        for (const entry of batch) {
          const next = step(walk, entry);
          if ("problem" in next) return broken(walk.seq, next.problem);
          walk = next;
          if (anchor?.seq === walk.seq && anchor.hash !== walk.hash) {
            return broken(walk.seq - 1n, `entry ${walk.seq} has another hash than the one noted earlier`);
          }
        }
        if (batch.length < BATCH) return endOfWalk(walk, await readHead(tx.db), anchor);
      }
    },
    { isolation: "repeatable read" },
  );
}

function broken(entries: bigint, problem: string): ChainCheck {
  return { whole: false, entries, brokenAt: entries + 1n, problem };
}

function endOfWalk(walk: Walk, head: Walk, anchor: Walk | undefined): ChainCheck {
  if (head.seq !== walk.seq || head.hash !== walk.hash) {
    return broken(
      walk.seq,
      `the trail ends with entry ${walk.seq}, but its head says ${head.seq}: entries were removed`,
    );
  }
  if (anchor !== undefined && anchor.seq > walk.seq) {
    return broken(walk.seq, `the trail ends with entry ${walk.seq}, but entry ${anchor.seq} was noted earlier`);
  }
  return { whole: true, entries: walk.seq, head: walk.hash };
}

/** Number and hash of the last entry: what an earlier look can be compared with. */
export async function headOf(ctx: Context): Promise<{ readonly seq: bigint; readonly hash: string }> {
  return await readHead(ctx.db);
}
