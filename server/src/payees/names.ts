import type { AccountDetail, PayeeIdentity } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { checkHolder, type NameCheck } from "./core/names.ts";
import { contractNames, partnersOf } from "./loading.ts";
import { payeeRow } from "./store/payees.ts";
import { updateVersion, type VersionRow, versionsOf } from "./store/versions.ts";

/** How well a name on an account fits the payee and the contracts of the partners that it serves. */
export async function checkedName(ctx: Context, payeeId: string, holder: string): Promise<NameCheck> {
  return (await namesFor(ctx, payeeId))(holder);
}

/**
 * Compares the names on a payee's accounts again: its name, its accounts or whom it serves changed. A name that fits worse than when somebody
 * reviewed it has to be reviewed again.
 */
export async function checkNames(tx: Context, payeeId: string): Promise<void> {
  const check = await namesFor(tx, payeeId);
  for (const one of await versionsOf(tx.db, [payeeId], ["approved", "proposed"]))
    if (one.aspect === "detail") await keepName(tx, one, check((one.document as AccountDetail).holder));
}

async function namesFor(ctx: Context, payeeId: string): Promise<(holder: string) => NameCheck> {
  const partners = (await partnersOf(ctx, [payeeId])).get(payeeId) ?? [];
  const parties = [...(await contractNames(ctx, partners)).values()].flat();
  const standing = await versionsOf(ctx.db, [payeeId], ["approved"]);
  const identity = standing.find((one) => one.aspect === "identity")?.document as PayeeIdentity | undefined;
  const legalName = identity?.legalName ?? (await payeeRow(ctx.db, payeeId))?.legal_name ?? "";
  return (holder) => checkHolder(holder, legalName, parties);
}

async function keepName(tx: Context, row: VersionRow, found: NameCheck): Promise<void> {
  if (found.score === row.name_score && found.explanation === row.name_explanation) return;
  const isWorse = row.name_score !== null && found.score < row.name_score;
  await updateVersion(tx.db, row.version_id, {
    name_score: found.score,
    name_verdict: found.verdict,
    name_explanation: found.explanation,
    ...(isWorse ? { name_reviewed_by: null, name_reviewed_at: null, name_comment: "" } : {}),
  });
}
