export type { AccessFacts, LandingFacts, OfferFacts, ProgramFacts, RegionFacts } from "./contracts.ts";
export { utmComplaints } from "./core/check.ts";
export { destinationProblem, hostAllowed, macrosIn } from "./core/destination.ts";
export { type CreativeNeeds, createCreative, creativeStandings, decideCreative } from "./creatives.ts";
export {
  accessById,
  allAccesses,
  allLandings,
  allOffers,
  allPrograms,
  allRegions,
  isLetIn,
  landingById,
  landingNames,
  offerById,
  offersByIds,
  programById,
  programsByIds,
  regionById,
  regionNames,
} from "./doors.ts";
export { handOverAccess, returnAccess } from "./hand-over.ts";
export { createLanding } from "./landing-pages.ts";
export { type AccessNeeds, decideOfferRequest, requestOffer } from "./offer-access.ts";
export { changeOffer, createOffer, getOffer, listOffers, moveOffer, type OfferView } from "./offers.ts";
export {
  createProgram,
  createRegion,
  listPrograms,
  moveProgram,
  type ProgramView,
  type RegionView,
} from "./service.ts";
