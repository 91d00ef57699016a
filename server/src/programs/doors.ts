import type { Db } from "../database/index.ts";
import type { OfferFacts, ProgramFacts, RegionFacts } from "./contracts.ts";
import * as offers from "./store/offers.ts";
import * as programs from "./store/programs.ts";
import { offerFacts, programFacts, regionFacts } from "./wire.ts";

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

export async function regionNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await programs.regionRows(db, ids)).map((row) => [row.region_id, row.name]));
}
