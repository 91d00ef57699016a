import {
  type LandingPage,
  type LandingPageChange,
  type LandingPageQuery,
  type NewLandingPage,
  NewLandingPage as NewLandingPageSchema,
} from "@tributary/contract";
import type { z } from "zod";
import type { Actor } from "../access/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { checkLandingUrl } from "./core/check.ts";
import { announceOffer, readableOffer, writableOffer } from "./offers.ts";
import * as store from "./store/landing-pages.ts";
import { landingWire } from "./wire.ts";

/** The pages of an offer's landing set, those that are not archived unless asked for. */
export async function listLandings(
  ctx: Context,
  actor: Actor,
  offerId: string,
  query: z.output<typeof LandingPageQuery>,
): Promise<Page<LandingPage>> {
  await readableOffer(ctx, actor, offerId);
  const page = await store.landingPage(ctx.db, offerId, query.status ?? ["active", "paused"], query);
  return { rows: page.rows.map(landingWire), nextCursor: page.nextCursor };
}

/** Adds a page to an offer's landing set. @throws Refusal not_found, forbidden, invalid_input */
export async function createLanding(
  ctx: Context,
  actor: Actor,
  offerId: string,
  given: NewLandingPage,
): Promise<LandingPage> {
  const input = NewLandingPageSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const offer = await writableOffer(tx, actor, offerId);
    checkLandingUrl("url", input.url, offer.allowed_hosts);
    const row = await store.insertLanding(tx.db, {
      landing_id: tx.ids.next("lpg"),
      offer_id: offerId,
      name: input.name,
      url: input.url,
      weight: input.weight,
      status: "active",
      created_at: tx.clock.now(),
    });
    await announceOffer(tx, actor, "programs.landing_page_created", offerId, undefined, landingWire(row));
    return landingWire(row);
  });
}

/** @throws Refusal not_found, forbidden, conflict, invalid_input */
export async function changeLanding(
  ctx: Context,
  actor: Actor,
  landingId: string,
  change: LandingPageChange,
): Promise<LandingPage> {
  return await transact(ctx, async (tx) => {
    const row = await store.landingRow(tx.db, landingId);
    if (row === undefined) throw notFound("landing page", landingId);
    const offer = await writableOffer(tx, actor, row.offer_id);
    checkLandingUrl("url", change.url ?? row.url, offer.allowed_hosts);
    const saved = await store.updateLanding(tx.db, landingId, change.revision, {
      name: change.name ?? row.name,
      url: change.url ?? row.url,
      weight: change.weight ?? row.weight,
      status: change.status ?? row.status,
    });
    if (saved === undefined) throw changedMeanwhile("landing page", change.revision);
    await announceOffer(tx, actor, "programs.landing_page_changed", row.offer_id, landingWire(row), landingWire(saved));
    return landingWire(saved);
  });
}
