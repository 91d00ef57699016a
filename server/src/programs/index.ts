export type { OfferFacts, ProgramFacts, RegionFacts } from "./contracts.ts";
export { destinationProblem, hostAllowed, macrosIn } from "./core/destination.ts";
export {
  allOffers,
  allPrograms,
  offerById,
  offersByIds,
  programById,
  programsByIds,
  regionById,
  regionNames,
} from "./doors.ts";
export { changeOffer, createOffer, getOffer, listOffers, moveOffer, type OfferView } from "./offers.ts";
export {
  changeProgram,
  createProgram,
  createRegion,
  getProgram,
  listPrograms,
  listRegions,
  moveProgram,
  type ProgramView,
  type RegionView,
} from "./service.ts";
