import { createHash } from "node:crypto";
import type { Database } from "../../server/src/database/index.ts";
import type { Vault } from "../../server/src/tracking/index.ts";

/** A source of events with a known token. */
export async function addSource(database: Database, vault: Vault, token: string): Promise<void> {
  await database.pool.query(
    `insert into tracking.event_source (source_id, program_id, name, token_hash, secret, require_signature, status, created_by, created_at)
     values ('src_01bench', 'prg_01bench', 'bench', $1, $2, false, 'active', 'bench', now())`,
    [createHash("sha256").update(token).digest("hex"), vault.close("bench")],
  );
}
