import type { PostbackSecret } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { encodeBytes } from "../../kernel/ids.ts";
import type { PostbackNeeds } from "./service.ts";
import { writable } from "./service.ts";
import { insertSecret } from "./store/postbacks.ts";

const HOUR_MS = 3_600_000;
const SECRET_BYTES = 32;

/**
 * Makes a signing secret: the first turns signing on, another replaces the one before, which signs beside it for the overlap, so that a
 * receiver may change over when it likes. Shown in this answer only.
 */
export async function rotateSecret(
  ctx: Context,
  actor: Actor,
  postbackId: string,
  overlapHours: number,
  needs: PostbackNeeds & { readonly randomBytes: (count: number) => Uint8Array },
): Promise<PostbackSecret> {
  return await transact(ctx, async (tx) => {
    const postback = await writable(tx, actor, postbackId);
    const now = tx.clock.now();
    const secret = `pbs_${encodeBytes(needs.randomBytes(SECRET_BYTES))}`;
    const previousUntil = new Date(now.getTime() + overlapHours * HOUR_MS);
    const replaced = await insertSecret(tx.db, {
      postbackId,
      partnerId: postback.partner_id,
      kind: "signing",
      name: "",
      sealed: needs.vault.close(secret),
      now,
      previousUntil,
    });
    await audit.record(tx, actor, {
      action: "postbacks.secret_rotated",
      subjectKind: "postback",
      subjectId: postbackId,
      partnerId: postback.partner_id,
      after: { previousUntil: replaced ? previousUntil.toISOString() : null },
    });
    return {
      secret,
      createdAt: now.toISOString(),
      previousUntil: replaced ? previousUntil.toISOString() : null,
    };
  });
}
