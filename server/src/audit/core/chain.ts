import { createHash } from "node:crypto";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { AuditEntry } from "../contracts.ts";

/** What the first entry names as the one before it. */
export const GENESIS = "0".repeat(64);

/** Hash of an entry: sha256 over the canonical JSON of all its fields, the previous hash among them. */
export function hashOf(entry: Omit<AuditEntry, "hash">): string {
  return createHash("sha256").update(canonicalJson(entry)).digest("hex");
}

/** State of a check that walks the chain entry by entry. */
export interface Walk {
  readonly seq: bigint;
  readonly hash: string;
}

/** Checks the next entry against where the walk stands: the new state, or what is wrong. */
export function step(walk: Walk, entry: AuditEntry): Walk | { readonly problem: string } {
  const expected = walk.seq + 1n;
  if (entry.seq !== expected) return { problem: `entry ${expected} is missing, the next one is ${entry.seq}` };
  if (entry.previousHash !== walk.hash) {
    return { problem: `entry ${entry.seq} does not follow entry ${walk.seq}: that one was replaced` };
  }
  const { hash, ...rest } = entry;
  if (hashOf(rest) !== hash) return { problem: `entry ${entry.seq} was changed after it was written` };
  return { seq: entry.seq, hash };
}

/**
 * A value as the trail keeps it: plain JSON, what PostgreSQL's jsonb can hold (no NUL characters), so that the hash over what was given equals the hash
 * over what is read back.
 */
export function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return JSON.parse(canonicalJson(value).replaceAll("\\u0000", "\\ufffd"));
}
