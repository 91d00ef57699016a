import type { NewSavedView, SavedView, SavedViewChange } from "@tributary/contract";
import { NewSavedView as NewSavedViewSchema } from "@tributary/contract";
import type { z } from "zod";
import { type Context, refuseDuplicate, transact } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import type { Actor } from "./contracts.ts";
import { personOf } from "./core/decide.ts";
import * as store from "./store/views.ts";
import { viewWire } from "./wire.ts";

/** Views are everybody's own: no permission, and no audit, since they change nothing but how a table looks. */
export async function listViews(ctx: Context, actor: Actor, list: string | undefined): Promise<SavedView[]> {
  return (await store.viewsOf(ctx.db, personOf(actor), list)).map(viewWire);
}

export async function createView(ctx: Context, actor: Actor, given: NewSavedView): Promise<SavedView> {
  const input = NewSavedViewSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const row = {
      view_id: tx.ids.next("viw"),
      user_id: personOf(actor),
      list: input.list,
      name: input.name,
      position: input.position,
    };
    await refuseDuplicate("name", input.name, () =>
      store.insertView(tx.db, { ...row, state: JSON.stringify(input.state), created_at: tx.clock.now() }),
    );
    return viewWire({ ...row, state: input.state, created_at: tx.clock.now() });
  });
}

export async function changeView(
  ctx: Context,
  actor: Actor,
  id: string,
  change: z.infer<typeof SavedViewChange>,
): Promise<SavedView> {
  return await transact(ctx, async (tx) => {
    const row = await store.viewRow(tx.db, personOf(actor), id);
    if (row === undefined) throw notFound("view", id);
    const name = change.name ?? row.name;
    const after = { name, state: JSON.stringify(change.state ?? row.state), position: change.position ?? row.position };
    const saved = await refuseDuplicate("name", name, () => store.updateView(tx.db, personOf(actor), id, after));
    if (saved === undefined) throw notFound("view", id);
    return viewWire(saved);
  });
}

export async function removeView(ctx: Context, actor: Actor, id: string): Promise<void> {
  await store.deleteView(ctx.db, personOf(actor), id);
}
