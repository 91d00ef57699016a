import type { AccountDetail, PayeeIdentity } from "@tributary/contract";
import { announce, type Context } from "../database/index.ts";
import { detailLetter } from "./core/letters.ts";
import { insertNotices, noticesByIds } from "./store/matters.ts";
import { payeeRow } from "./store/payees.ts";
import { type VersionRow, versionRow, versionsOf } from "./store/versions.ts";

export type NoticeKind = "detail_proposed" | "detail_approved" | "detail_refused";

/** Whoever takes an account over changes its address first, so who stood there lately is told, too. */
const OLD_CONTACT_MS = 60 * 86_400_000;

/** Tells the contacts that stood before the change, and the partner in its portal; in the transaction of the change. */
export async function tellOldContact(tx: Context, row: VersionRow, kind: NoticeKind): Promise<void> {
  const now = tx.clock.now();
  const identities = (await versionsOf(tx.db, [row.payee_id], ["approved", "replaced"])).filter(
    (one) => one.aspect === "identity",
  );
  const recent = identities.filter(
    (one) => one.replaced_at === null || now.getTime() - one.replaced_at.getTime() < OLD_CONTACT_MS,
  );
  const addresses = new Set(recent.map((one) => (one.document as PayeeIdentity).email));
  const rows = [...(addresses.size === 0 ? [""] : addresses)].map((sent_to) => ({
    notice_id: tx.ids.next("pyn"),
    payee_id: row.payee_id,
    version_id: row.version_id,
    kind,
    sent_to,
    made_at: now,
  }));
  await insertNotices(tx.db, rows);
  await announce(tx, "payees.detail_changed", {
    payeeId: row.payee_id,
    detailId: row.version_id,
    stage: kind.replace("detail_", ""),
    noticeIds: rows.map((one) => one.notice_id),
  });
}

/** The letters of some notices: to whom, about what. */
export async function lettersOf(
  ctx: Context,
  noticeIds: readonly string[],
): Promise<readonly { readonly to: string; readonly subject: string; readonly text: string }[]> {
  const letters: { to: string; subject: string; text: string }[] = [];
  for (const notice of await noticesByIds(ctx.db, noticeIds)) {
    if (notice.sent_to === "") continue;
    const payee = await payeeRow(ctx.db, notice.payee_id);
    const version = notice.version_id === null ? undefined : await versionRow(ctx.db, notice.version_id);
    const [identity] = (await versionsOf(ctx.db, [notice.payee_id], ["approved"])).filter(
      (one) => one.aspect === "identity",
    );
    if (payee === undefined || version === undefined) continue;
    const language = (identity?.document as PayeeIdentity | undefined)?.language ?? "en";
    const words = {
      payee: payee.legal_name,
      detail: version.document as AccountDetail,
      payableFrom: version.payable_from,
    };
    letters.push({ to: notice.sent_to, ...detailLetter(notice.kind as NoticeKind, words, language) });
  }
  return letters;
}
