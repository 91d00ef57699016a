import {
  type EventSource,
  type EventSourceChange,
  type EventSourceKeys,
  type EventSourceQuery,
  type NewEventSource,
  NewEventSource as NewEventSourceSchema,
  type SourceDialect,
  SourceSettings,
} from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, notifyChange, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { notFound } from "../../kernel/refusals.ts";
import { reachOf } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import { dialectChange, incumbentColumns } from "../dialects/source-columns.ts";
import { tokenHash, type Vault } from "../events/source.ts";
import { findSource, insertSource, type SourceRow, sourcePage, updateSource } from "./store/sources.ts";

/** What event sources need from above; the shell gives it. */
export interface SourceNeeds {
  readonly publicUrl: string;
  /** seals the secrets of signatures */
  readonly vault: Vault;
  readonly randomBytes: (count: number) => Uint8Array;
}

export async function listSources(
  ctx: Context,
  actor: Actor,
  query: EventSourceQuery,
): Promise<{ readonly data: EventSource[]; readonly nextCursor: string | null }> {
  const page = await sourcePage(ctx.db, await reachOf(ctx, actor, "events.read"), query, query);
  return { data: page.rows.map(toSource), nextCursor: page.nextCursor };
}

export async function getSource(ctx: Context, actor: Actor, sourceId: string): Promise<EventSource> {
  return toSource(await readableSource(ctx, actor, sourceId));
}

/** Makes a source of events. Its token and secret are in the answer and never shown again. */
export async function createSource(
  ctx: Context,
  actor: Actor,
  given: NewEventSource,
  needs: SourceNeeds,
): Promise<EventSourceKeys> {
  const input = NewEventSourceSchema.parse(given);
  if ((await programById(ctx.db, input.programId)) === undefined) throw notFound("program", input.programId);
  requirePermission(actor, "events.write", { programId: input.programId });
  const keys = freshKeys(needs);
  return await transact(ctx, async (tx) => {
    const row = await insertSource(tx.db, {
      source_id: tx.ids.next("src"),
      program_id: input.programId,
      name: input.name,
      token_hash: tokenHash(keys.token),
      secret: needs.vault.close(keys.secret),
      require_signature: input.requireSignature,
      dialect: input.dialect,
      settings: JSON.stringify(input.settings),
      ...incumbentColumns(input.dialect, input.incumbentToken, needs.vault),
      test: input.test,
      status: "active",
      created_by: actor.id,
      created_at: tx.clock.now(),
    });
    await announced(tx, actor, "event_sources.created", row);
    return { ...toSource(row), ...shown(row, keys, needs) };
  });
}

/** Renames, revokes, asks for signatures, or says in which dialect the source speaks and what its words mean. */
export async function changeSource(
  ctx: Context,
  actor: Actor,
  sourceId: string,
  change: EventSourceChange,
  needs: Pick<SourceNeeds, "vault">,
): Promise<EventSource> {
  return await transact(ctx, async (tx) => {
    const row = await writableSource(tx, actor, sourceId);
    const saved = await updateSource(tx.db, sourceId, {
      name: change.name ?? row.name,
      require_signature: change.requireSignature ?? row.require_signature,
      ...dialectChange(row.dialect, change, needs.vault),
      test: change.test ?? row.test,
      status: change.status ?? row.status,
    });
    if (saved === undefined) throw notFound("event source", sourceId);
    await announced(
      tx,
      actor,
      saved.status === "revoked" ? "event_sources.revoked" : "event_sources.changed",
      saved,
      row,
    );
    return toSource(saved);
  });
}

/** Gives a source a new token and secret; the old ones end at once. */
export async function changeKeys(
  ctx: Context,
  actor: Actor,
  sourceId: string,
  needs: SourceNeeds,
): Promise<EventSourceKeys> {
  const keys = freshKeys(needs);
  return await transact(ctx, async (tx) => {
    const row = await writableSource(tx, actor, sourceId);
    const change = { token_hash: tokenHash(keys.token), secret: needs.vault.close(keys.secret) };
    const saved = await updateSource(tx.db, sourceId, change);
    if (saved === undefined) throw notFound("event source", sourceId);
    await announced(tx, actor, "event_sources.keys_changed", saved, row);
    return { ...toSource(saved), ...shown(saved, keys, needs) };
  });
}

interface Keys {
  readonly token: string;
  readonly secret: string;
}

function freshKeys(needs: SourceNeeds): Keys {
  const text = (count: number) => Buffer.from(needs.randomBytes(count)).toString("base64url");
  return { token: text(18), secret: text(32) };
}

function shown(row: SourceRow, keys: Keys, needs: SourceNeeds): Omit<EventSourceKeys, keyof EventSource> {
  const base = needs.publicUrl.replace(/\/$/, "");
  const dialectUrl = row.dialect === "tributary" ? "" : `${base}/in/${keys.token}`;
  return { ...keys, postbackUrl: `${base}/p/${keys.token}`, pixelUrl: `${base}/i/${keys.token}.gif`, dialectUrl };
}

async function writableSource(tx: Context, actor: Actor, sourceId: string): Promise<SourceRow> {
  const row = await readableSource(tx, actor, sourceId);
  requirePermission(actor, "events.write", { programId: row.program_id });
  if (row.status === "revoked") throw new Refusal("wrong_state", "A revoked source stays revoked: make a new one.");
  return row;
}

async function readableSource(ctx: Context, actor: Actor, sourceId: string): Promise<SourceRow> {
  const row = await findSource(ctx.db, sourceId);
  const within = await reachOf(ctx, actor, "events.read");
  if (row === undefined || actor.partnerId !== undefined || !isWithin(within, { programId: row.program_id }))
    throw notFound("event source", sourceId);
  return row;
}

/** Neither token nor secret is ever part of the trail. */
async function announced(tx: Context, actor: Actor, action: string, row: SourceRow, before?: SourceRow): Promise<void> {
  await notifyChange(tx, "event_sources", row.source_id);
  await audit.record(tx, actor, {
    action,
    subjectKind: "event_source",
    subjectId: row.source_id,
    ...(before === undefined ? {} : { before: toSource(before) }),
    after: toSource(row),
  });
}

function toSource(row: SourceRow): EventSource {
  return {
    id: row.source_id,
    programId: row.program_id,
    name: row.name,
    requireSignature: row.require_signature,
    dialect: row.dialect as SourceDialect,
    settings: SourceSettings.parse(row.settings),
    hasIncumbentToken: row.incumbent_token_hash !== null,
    test: row.test,
    status: row.status as EventSource["status"],
    createdAt: row.created_at.toISOString(),
  };
}
