import { type Actor, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, type Db, transact } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { ClickIds } from "../core/click-id.ts";
import type { Vault } from "../events/source.ts";
import { clickKeyRows, insertClickKey } from "../store/click-keys.ts";
import { clickIdsOf } from "./click-keys.ts";

/** A new key signs after so long: by then every process has read it, and none takes the ids of another for forged. */
export const KEY_LEAD_MS = 60_000;

/** A key as people see it: never the key itself. */
export interface ClickKeyFacts {
  /** 0: the first key, which follows from the deployment's secret */
  readonly number: number;
  readonly madeAt: Date | null;
  /** Signs from then on, until the next one does; null: from the beginning. */
  readonly beginsAt: Date | null;
}

export interface ClickKeyRing {
  readonly clickIds: ClickIds;
  /** Reads the keys again; before the first time no id is known. */
  reload(): Promise<void>;
}

export interface ClickKeyRingParts {
  readonly db: Db;
  readonly clock: Clock;
  /** The first key, of 32 bytes. */
  readonly first: Uint8Array;
  readonly vault: Vault;
}

/** Click ids under all keys of the deployment: the newest one whose time has come signs, all of them verify. */
export function openClickKeyRing(parts: ClickKeyRingParts): ClickKeyRing {
  let known = clickIdsOf([parts.first]);
  return {
    clickIds: { issue: (...place) => known.issue(...place), read: (text) => known.read(text) },
    reload: async () => {
      const rows = await clickKeyRows(parts.db);
      const now = parts.clock.now();
      const keys = rows.map((row) => Buffer.from(parts.vault.open(row.sealed), "base64"));
      const signing = rows.findIndex((row) => row.begins_at <= now);
      const newest = signing < 0 ? parts.first : keys[signing];
      const others = [...keys, parts.first].filter((key) => key !== newest);
      known = clickIdsOf([newest ?? parts.first, ...others]);
    },
  };
}

/** Makes a new key that signs from a minute on; ids under the old ones go on counting. */
export async function rotateClickKey(
  ctx: Context,
  actor: Actor,
  needs: { readonly vault: Vault; readonly randomBytes: (count: number) => Uint8Array },
): Promise<ClickKeyFacts> {
  requirePermission(actor, "settings.write", {});
  const sealed = needs.vault.close(Buffer.from(needs.randomBytes(32)).toString("base64"));
  return await transact(ctx, async (tx) => {
    const madeAt = tx.clock.now();
    const beginsAt = new Date(madeAt.getTime() + KEY_LEAD_MS);
    const row = await insertClickKey(tx.db, { sealed, made_at: madeAt, begins_at: beginsAt });
    const subject = { subjectKind: "click_key", subjectId: String(row.key_no) };
    await audit.record(tx, actor, { action: "click_keys.rotated", ...subject, after: { beginsAt } });
    return { number: row.key_no, madeAt, beginsAt };
  });
}

/** All keys, the newest first. */
export async function listClickKeys(db: Db): Promise<readonly ClickKeyFacts[]> {
  const rows = await clickKeyRows(db);
  const made = rows.map((row) => ({ number: row.key_no, madeAt: row.made_at, beginsAt: row.begins_at }));
  return [...made, { number: 0, madeAt: null, beginsAt: null }];
}
