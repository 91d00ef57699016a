import { type Context, sealFile, type TxContext, type Vault } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import type { Doer } from "./core/act.ts";
import type { CaseEvent } from "./core/state.ts";
import type { CaseRow } from "./store/cases.ts";
import * as store from "./store/evidence.ts";

/** What shows why: a file, a text, or where it can be seen. */
export type NewEvidence =
  | { readonly kind: "text"; readonly name?: string | undefined; readonly text: string }
  | { readonly kind: "link"; readonly name?: string | undefined; readonly url: string }
  | { readonly kind: "file"; readonly name: string; readonly mediaType: string; readonly bytes: Buffer };

export const MOST_BYTES = 10 * 1024 * 1024;

/** What is handed in with an order, and what it is sealed with. */
export interface HandedIn {
  readonly items: readonly NewEvidence[];
  readonly vault: Vault;
}

/** Keeps evidence for ever, encrypted, with the hash that shows that it is what it was. */
export async function writeEvidence(
  tx: TxContext,
  row: CaseRow,
  doer: Doer,
  { items, vault }: HandedIn,
): Promise<readonly Extract<CaseEvent, { kind: "evidence_added" }>[]> {
  const events = [];
  for (const one of items) {
    const body = bodyOf(one);
    if (body.length > MOST_BYTES) throw new Refusal("too_large", "A piece of evidence may have 10 MB at most.");
    const id = tx.ids.next("pce");
    const { bytes, sealedKey, sha256 } = sealFile(vault, id, body);
    // What a text says stands in what is sealed only.
    const name = one.name || (one.kind === "link" ? one.url : TITLES[one.kind]);
    await store.insertEvidence(tx.db, {
      evidence_id: id,
      case_id: row.case_id,
      kind: one.kind,
      name,
      media_type: one.kind === "file" ? one.mediaType : "text/plain",
      body: bytes,
      sealed_key: sealedKey,
      sha256,
      added_by: doer.person,
      added_name: doer.name,
      added_at: tx.clock.now(),
    });
    events.push({ kind: "evidence_added", evidence: id, title: name, sha256 } as const);
  }
  return events;
}

const TITLES = { file: "File", text: "Note" } as const;

function bodyOf(evidence: NewEvidence): Buffer {
  if (evidence.kind === "file") return evidence.bytes;
  if (evidence.kind === "text") {
    if (evidence.text.trim() === "") throw invalid("evidence", "", "is empty");
    return Buffer.from(evidence.text, "utf8");
  }
  if (!/^https?:\/\//i.test(evidence.url) || !URL.canParse(evidence.url))
    throw invalid("evidence", evidence.url, "is no address", "write it with https://");
  return Buffer.from(evidence.url, "utf8");
}

export async function evidenceOf(ctx: Context, caseIds: readonly string[]) {
  return await store.evidenceOf(ctx.db, caseIds);
}
