import type { Import, ImportConnection, ImportConnectionQuery, NewImportConnection } from "@tributary/contract";
import { NewImportConnection as NewImportConnectionSchema } from "@tributary/contract";
import { type Actor, isWithin, personOf } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { announce, type Context, type Page, transact } from "../../database/index.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { reachOf } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import type { Vault } from "../../tracking/index.ts";
import { importWire, requireImporter } from "./service.ts";
import * as store from "./store/connections.ts";
import { findImport, insertImport, updateImport } from "./store/imports.ts";

/** Keeps the access to a platform's API, its key sealed. @throws Refusal forbidden, not_found, invalid_input */
export async function createConnection(
  ctx: Context,
  actor: Actor,
  given: NewImportConnection,
  vault: Vault,
): Promise<ImportConnection> {
  const input = NewImportConnectionSchema.parse(given);
  if ((await programById(ctx.db, input.programId)) === undefined) throw notFound("program", input.programId);
  requireImporter(actor, input.programId);
  if (input.vendor === "impact" && input.account === "")
    throw invalid("account", "", "is needed", "impact asks for the account SID beside the token.");
  return await transact(ctx, async (tx) => {
    const row: store.ConnectionRow = {
      connection_id: tx.ids.next("con"),
      program_id: input.programId,
      vendor: input.vendor,
      name: input.name,
      account: input.account,
      sealed_key: vault.close(input.key),
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    };
    await store.insertConnection(tx.db, row);
    await audit.record(tx, actor, {
      action: "integrations.connection_created",
      subjectKind: "connection",
      subjectId: row.connection_id,
      after: { vendor: row.vendor, name: row.name, account: row.account },
    });
    return wire(row);
  });
}

export async function listConnections(
  ctx: Context,
  actor: Actor,
  query: ImportConnectionQuery,
): Promise<Page<ImportConnection>> {
  const page = await store.connectionPage(ctx.db, await reachOf(ctx, actor, "partners.write"), query);
  return { rows: page.rows.map(wire), nextCursor: page.nextCursor };
}

/** Forgets the access, key and all. */
export async function removeConnection(ctx: Context, actor: Actor, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await connectionOf(tx, actor, id);
    await store.deleteConnection(tx.db, id);
    await audit.record(tx, actor, {
      action: "integrations.connection_removed",
      subjectKind: "connection",
      subjectId: id,
      before: { vendor: row.vendor, name: row.name },
    });
  });
}

/** Forgets the access that an import was read with: whoever gave it for this once keeps nothing here. */
export async function removeConnectionOf(ctx: Context, actor: Actor, importId: string): Promise<void> {
  const row = await findImport(ctx.db, importId);
  const id = row?.connection_id ?? null;
  if (id !== null && (await store.connectionRow(ctx.db, id)) !== undefined) await removeConnection(ctx, actor, id);
}

/** Opens an import that reads the platform's API in the background; then it is one like any other. */
export async function startFetch(
  ctx: Context,
  actor: Actor,
  given: { readonly connectionId: string; readonly name: string },
): Promise<Import> {
  return await transact(ctx, async (tx) => {
    const connection = await connectionOf(tx, actor, given.connectionId);
    const id = tx.ids.next("imp");
    await insertImport(tx.db, {
      import_id: id,
      program_id: connection.program_id,
      vendor: connection.vendor as "dub",
      name: given.name || connection.name,
      status: "fetching",
      connection_id: connection.connection_id,
      actor_kind: actor.kind === "system" ? "system" : "user",
      created_by: actor.kind === "system" ? actor.id : personOf(actor),
      actor_name: actor.name,
      created_at: tx.clock.now(),
    });
    await updateImport(tx.db, id, { beat_at: tx.clock.now() });
    await audit.record(tx, actor, {
      action: "integrations.fetch_started",
      subjectKind: "import",
      subjectId: id,
      after: { connectionId: connection.connection_id },
    });
    await announce(tx, "integrations.work", { importId: id });
    const row = await findImport(tx.db, id);
    if (row === undefined) throw notFound("import", id);
    return importWire(row);
  });
}

async function connectionOf(ctx: Context, actor: Actor, id: string): Promise<store.ConnectionRow> {
  const row = await store.connectionRow(ctx.db, id);
  const within = await reachOf(ctx, actor, "partners.write");
  if (row === undefined || actor.partnerId !== undefined || !isWithin(within, { programId: row.program_id }))
    throw notFound("connection", id);
  requireImporter(actor, row.program_id);
  return row;
}

function wire(row: store.ConnectionRow): ImportConnection {
  return {
    id: row.connection_id,
    programId: row.program_id,
    vendor: row.vendor as "dub",
    name: row.name,
    account: row.account,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  };
}
