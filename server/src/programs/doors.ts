import type { OfferRequest } from "@tributary/contract";
import type { Db } from "../database/index.ts";
import type { AccessFacts, LandingFacts, OfferFacts, ProgramFacts, RegionFacts } from "./contracts.ts";
import { accessTo } from "./core/access.ts";
import { accessOfPartner, accessRow, everyApproved } from "./store/access.ts";
import { everyLanding, landingRow, landingRows } from "./store/landing-pages.ts";
import * as offers from "./store/offers.ts";
import * as programs from "./store/programs.ts";
import { accessWire, landingFacts, offerFacts, programFacts, regionFacts } from "./wire.ts";

/** Facts for other rooms: no actor, no permission; what a caller may see is decided where it is shown. */
export async function programsByIds(db: Db, ids: readonly string[]): Promise<readonly ProgramFacts[]> {
  return (await programs.programRows(db, ids)).map(programFacts);
}

export async function programById(db: Db, id: string): Promise<ProgramFacts | undefined> {
  return (await programsByIds(db, [id]))[0];
}

export async function allPrograms(db: Db): Promise<readonly ProgramFacts[]> {
  return (await programs.everyProgram(db)).map(programFacts);
}

export async function offersByIds(db: Db, ids: readonly string[]): Promise<readonly OfferFacts[]> {
  return (await offers.offerRows(db, ids)).map(offerFacts);
}

export async function offerById(db: Db, id: string): Promise<OfferFacts | undefined> {
  return (await offersByIds(db, [id]))[0];
}

export async function allOffers(db: Db): Promise<readonly OfferFacts[]> {
  return (await offers.everyOffer(db)).map(offerFacts);
}

export async function regionById(db: Db, id: string): Promise<RegionFacts | undefined> {
  const row = await programs.regionById(db, id);
  return row === undefined ? undefined : regionFacts(row);
}

/** All regions: few, and what a file calls one may be its id, code or name. */
export async function allRegions(db: Db): Promise<readonly RegionFacts[]> {
  return (await programs.everyRegion(db)).map(regionFacts);
}

export async function regionNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await programs.regionRows(db, ids)).map((row) => [row.region_id, row.name]));
}

/** Pages of all landing sets, but for the archived ones. */
export async function allLandings(db: Db): Promise<readonly LandingFacts[]> {
  return (await everyLanding(db)).map(landingFacts);
}

export async function landingById(db: Db, id: string): Promise<LandingFacts | undefined> {
  const row = await landingRow(db, id);
  return row === undefined ? undefined : landingFacts(row);
}

/** What pages of landing sets are called. */
export async function landingNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await landingRows(db, ids)).map((row) => [row.landing_id, row.name]));
}

/** A partner's way into an offer, as it is now. */
export async function accessById(db: Db, id: string): Promise<OfferRequest | undefined> {
  const row = await accessRow(db, id);
  return row === undefined ? undefined : accessWire(row, false);
}

/** Which partners were let into which offers. */
export async function allAccesses(db: Db): Promise<readonly AccessFacts[]> {
  return (await everyApproved(db)).map((row) => ({ offerId: row.offer_id, partnerId: row.partner_id }));
}

/** May the partner promote the offer, as far as the offer's own door goes? Its agreement is not asked here. */
export async function isLetIn(db: Db, offer: OfferFacts, partnerId: string): Promise<boolean> {
  if (offer.access === "public") return true;
  return accessTo(offer.access, await accessOfPartner(db, offer.offerId, partnerId)) === "open";
}
