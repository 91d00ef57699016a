import type { NewSite, ReviewBook, Site, SiteDetail, SiteReview, SiteSnapshot } from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type PageRequest, transact } from "../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { signsOf } from "./core/claims.ts";
import * as store from "./store/sites.ts";
import { today } from "./today.ts";

const SHOWN = 10;

/** Adds a site or a channel of a partner; nobody has looked at it yet. */
export async function addSite(ctx: Context, actor: Actor, input: NewSite): Promise<Site> {
  const partnerId = actor.partnerId ?? input.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "is needed");
  requirePermission(actor, "documents.write", await partnerTouch(ctx, partnerId));
  const address = addressOf(input);
  return await transact(ctx, async (tx) => {
    if ((await store.sitesOf(tx.db, partnerId)).some((site) => site.address === address))
      throw invalid("address", input.address, "is there already");
    const id = tx.ids.next("web");
    await store.insertSite(tx.db, {
      site_id: id,
      partner_id: partnerId,
      kind: input.kind,
      address,
      note: input.note,
      state: "unreviewed",
      added_name: actor.name,
      added_at: tx.clock.now(),
      by_partner: actor.partnerId !== undefined,
    });
    const subject = { subjectKind: "site", subjectId: id, partnerId };
    await audit.record(tx, actor, {
      action: "compliance.site_added",
      ...subject,
      after: { kind: input.kind, address },
    });
    return siteWire((await store.findSite(tx.db, id)) as store.SiteRow);
  });
}

/** An e-mail list or an app may be named; whatever is on the web has an address that can be opened. */
function addressOf({ kind, address }: NewSite): string {
  if (kind === "email" || kind === "other") return address;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  if (url === null || !/^https?:$/.test(url.protocol) || !url.hostname.includes("."))
    throw invalid("address", address, "is no address of a page", "write it as https://example.com");
  url.hash = "";
  return url.href;
}

export async function listSites(
  ctx: Context,
  actor: Actor,
  query: PageRequest & {
    readonly partnerId?: string | undefined;
    readonly state?: string | undefined;
    readonly due?: string | undefined;
  },
): Promise<{ data: Site[]; nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "documents.read");
  const filter = {
    partnerId: query.partnerId,
    state: query.state,
    dueOn: query.due === undefined ? undefined : today(ctx),
  };
  const { rows, nextCursor } = await store.sitePage(ctx.db, within, filter, query);
  return { data: rows.map(siteWire), nextCursor };
}

/** A site with what was seen of it and what was said. For the operator. */
export async function getSite(ctx: Context, actor: Actor, id: string): Promise<SiteDetail> {
  const row = await readableSite(ctx, actor, id);
  requirePermission(actor, "compliance.read", await partnerTouch(ctx, row.partner_id));
  const { document: book } = await bookInForce(ctx, "reviews");
  const snapshots = await store.snapshotsOf(ctx.db, id, SHOWN);
  const reviews = await store.reviewsOf(ctx.db, id, SHOWN);
  return {
    ...siteWire(row),
    snapshots: snapshots.map((one) => snapshotWire(one, book)),
    reviews: reviews.map(reviewWire),
    checklist: book.checklist.map(({ code, text }) => ({ code, text })),
  };
}

/** The partner does not use it any more. What was seen of it stays. */
export async function endSite(ctx: Context, actor: Actor, id: string, revision: number): Promise<void> {
  const row = await readableSite(ctx, actor, id);
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, row.partner_id));
  await transact(ctx, async (tx) => {
    if (!(await store.changeSite(tx.db, id, revision, { ended_at: tx.clock.now() })))
      throw changedMeanwhile("site", revision);
    const subject = { subjectKind: "site", subjectId: id, partnerId: row.partner_id };
    await audit.record(tx, actor, { action: "compliance.site_ended", ...subject, before: { address: row.address } });
  });
}

export async function readableSite(ctx: Context, actor: Actor, id: string): Promise<store.SiteRow> {
  const row = await store.findSite(ctx.db, id);
  const within = await reachOf(ctx, actor, "documents.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id })) throw notFound("site", id);
  return row;
}

function siteWire(row: store.SiteRow): Site {
  return {
    id: row.site_id,
    partnerId: row.partner_id,
    kind: row.kind as Site["kind"],
    address: row.address,
    note: row.note,
    state: row.state as Site["state"],
    reviewOn: row.review_on,
    addedBy: row.added_name,
    addedAt: row.added_at.toISOString(),
    byPartner: row.by_partner,
    revision: row.revision,
  };
}

function snapshotWire(row: Omit<store.SnapshotRow, "html" | "picture">, book: ReviewBook): SiteSnapshot {
  return {
    id: row.snapshot_id,
    siteId: row.site_id,
    address: row.address,
    finalAddress: row.final_address,
    status: row.status,
    problem: row.problem,
    sha256: row.sha256,
    words: row.words,
    findings: row.findings as unknown as SiteSnapshot["findings"],
    signs: row.words === "" ? {} : signsOf(book, row.words),
    picture: row.picture_type !== null,
    takenBy: row.taken_by,
    takenAt: row.taken_at.toISOString(),
  };
}

function reviewWire(row: store.ReviewRow): SiteReview {
  return {
    id: String(row.review_id),
    snapshotId: row.snapshot_id,
    verdict: row.verdict as SiteReview["verdict"],
    reason: row.reason,
    checklist: row.checklist as SiteReview["checklist"],
    reviewedBy: row.reviewed_name,
    reviewedAt: row.reviewed_at.toISOString(),
    reviewOn: row.review_on,
  };
}
