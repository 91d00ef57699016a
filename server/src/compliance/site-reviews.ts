import type { NewReview, SiteDetail } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, sha256Of, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { findClaims } from "./core/claims.ts";
import { pageText } from "./core/page-text.ts";
import { sniff } from "./core/sniff.ts";
import { type FetchedPage, fetchPage } from "./fetch-page.ts";
import type { Outside } from "./needs.ts";
import { getSite, readableSite } from "./sites.ts";
import * as store from "./store/sites.ts";
import { today } from "./today.ts";

const MOST_PICTURE = 8 * 1024 * 1024;

/** Fetches the page of a site as it is now and keeps it as evidence, with the claims that were found on it. */
export async function takeSnapshot(ctx: Context, actor: Actor, outside: Outside, siteId: string): Promise<SiteDetail> {
  const site = await readableSite(ctx, actor, siteId);
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, site.partner_id));
  if (!/^https?:/.test(site.address))
    throw new Refusal("wrong_state", "This channel has no page: add a picture of it.");
  return await keepPage(ctx, actor, siteId, await fetchPage(outside, site.address));
}

/** Keeps a page of a site that somebody fetched. */
export async function keepPage(ctx: Context, actor: Actor, siteId: string, page: FetchedPage): Promise<SiteDetail> {
  const site = await readableSite(ctx, actor, siteId);
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, site.partner_id));
  const { document: book } = await bookInForce(ctx, "reviews");
  const words = page.html === null ? "" : pageText(page.html);
  await transact(ctx, async (tx) => {
    const id = tx.ids.next("snp");
    await store.insertSnapshot(tx.db, {
      snapshot_id: id,
      site_id: siteId,
      partner_id: site.partner_id,
      address: site.address,
      final_address: page.finalAddress,
      status: page.status,
      problem: page.problem,
      html: page.html,
      words,
      sha256: page.html === null ? null : sha256Of(page.html),
      findings: JSON.stringify(findClaims(book, words)),
      taken_by: actor.name,
      taken_at: tx.clock.now(),
    });
    await audit.record(tx, actor, {
      action: "compliance.site_fetched",
      subjectKind: "site",
      subjectId: siteId,
      after: { snapshotId: id, finalAddress: page.finalAddress, status: page.status, problem: page.problem },
      partnerId: site.partner_id,
    });
  });
  return await getSite(ctx, actor, siteId);
}

/** Keeps a picture of a site as a reviewer saw it: what only somebody who is signed in sees, or what a page draws by scripts. */
export async function addPicture(ctx: Context, actor: Actor, siteId: string, bytes: Buffer): Promise<SiteDetail> {
  const site = await readableSite(ctx, actor, siteId);
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, site.partner_id));
  if (bytes.length > MOST_PICTURE) throw new Refusal("too_large", "A picture may have 8 MB at most.");
  const found = sniff(bytes);
  if ("refused" in found || !found.mediaType.startsWith("image/"))
    throw new Refusal("unsupported_media_type", "A picture is a JPEG, PNG, WebP or HEIC.");
  await transact(ctx, async (tx) => {
    const id = tx.ids.next("snp");
    await store.insertSnapshot(tx.db, {
      snapshot_id: id,
      site_id: siteId,
      partner_id: site.partner_id,
      address: site.address,
      final_address: site.address,
      sha256: sha256Of(bytes),
      findings: "[]",
      picture: bytes,
      picture_type: found.mediaType,
      taken_by: actor.name,
      taken_at: tx.clock.now(),
    });
    await audit.record(tx, actor, {
      action: "compliance.site_pictured",
      subjectKind: "site",
      subjectId: siteId,
      after: { snapshotId: id, size: bytes.length },
      partnerId: site.partner_id,
    });
  });
  return await getSite(ctx, actor, siteId);
}

/** The page or the picture of a snapshot, as evidence to take along. */
export async function snapshotFile(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const row = await store.findSnapshot(ctx.db, id);
  if (row === undefined) throw notFound("snapshot", id);
  await readableSite(ctx, actor, row.site_id);
  requirePermission(actor, "compliance.read", await partnerTouch(ctx, row.partner_id));
  if (row.picture !== null && row.picture_type !== null)
    return {
      name: `${id}.${row.picture_type.slice("image/".length)}`,
      mediaType: row.picture_type,
      bytes: row.picture,
    };
  if (row.html === null) throw new Refusal("wrong_state", "There was no page to keep.");
  return { name: `${id}.html`, mediaType: "text/html; charset=utf-8", bytes: Buffer.from(row.html) };
}

/** What a person says of a site after looking at the newest evidence. */
export async function reviewSite(ctx: Context, actor: Actor, siteId: string, input: NewReview): Promise<SiteDetail> {
  const site = await readableSite(ctx, actor, siteId);
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, site.partner_id));
  const { document: book } = await bookInForce(ctx, "reviews");
  const open = book.checklist.filter(({ code }) => input.checklist[code] === undefined);
  if (open.length > 0)
    throw invalid("checklist", "", `is not answered whole: ${open.map(({ text }) => text.en).join("; ")}`);
  const [snapshot] = await store.snapshotsOf(ctx.db, siteId, 1);
  if (snapshot === undefined)
    throw new Refusal("wrong_state", "Nothing of this site was kept yet: fetch its page or add a picture first.");
  const next = input.reviewOn ?? Temporal.PlainDate.from(today(ctx)).add({ months: book.months }).toString();
  if (next <= today(ctx)) throw invalid("reviewOn", next, "has to be after today");
  await transact(ctx, async (tx) => {
    const change = { state: input.verdict, review_on: next };
    if (!(await store.changeSite(tx.db, siteId, input.revision, change)))
      throw changedMeanwhile("site", input.revision);
    await store.insertReview(tx.db, {
      site_id: siteId,
      snapshot_id: snapshot.snapshot_id,
      verdict: input.verdict,
      reason: input.reason,
      checklist: JSON.stringify(input.checklist),
      reviewed_by: personOf(actor),
      reviewed_name: actor.name,
      reviewed_at: tx.clock.now(),
      review_on: next,
    });
    await audit.record(tx, actor, {
      action: input.verdict === "passed" ? "compliance.site_passed" : "compliance.site_failed",
      subjectKind: "site",
      subjectId: siteId,
      before: { state: site.state },
      after: { state: input.verdict, snapshotId: snapshot.snapshot_id, reviewOn: next },
      reason: input.reason,
      partnerId: site.partner_id,
    });
  });
  return await getSite(ctx, actor, siteId);
}
