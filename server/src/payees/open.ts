import type { AccountDetail, PayeeTax } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import type { Context } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { Vault } from "./contracts.ts";
import { sealedOf, type VersionRow } from "./store/versions.ts";

/** What is sealed of one version, with the look in the trail. */
export async function openSealed(
  tx: Context,
  actor: Actor,
  row: VersionRow,
  purpose: string,
  vault: Vault,
): Promise<AccountDetail | PayeeTax> {
  const sealed = (await sealedOf(tx.db, [row.version_id])).get(row.version_id);
  if (sealed === undefined) throw new Refusal("wrong_state", "Nothing of this is hidden.");
  await audit.record(tx, actor, {
    action: "payees.detail_opened",
    subjectKind: "payee",
    subjectId: row.payee_id,
    after: { version: row.version_id },
    reason: purpose,
  });
  return JSON.parse(vault.open(sealed)) as AccountDetail | PayeeTax;
}
