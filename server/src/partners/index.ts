export { changeContact, createContact, listContacts, removeContact } from "./contacts.ts";
export type { LicenceFacts, PartnerFacts } from "./contracts.ts";
export {
  allPartners,
  isSignatory,
  joinProgram,
  licencesOf,
  partnerById,
  partnerMayEnter,
  partnersByCodes,
  partnersByIds,
  partnerTouch,
  reachOf,
  whereWithin,
} from "./doors.ts";
export { type DownlinePartner, downlinesOf, uplinesOf } from "./downline.ts";
export { addLicence, endLicence, listLicences } from "./licences.ts";
export { changePartner, createPartner, getPartner, listPartners, movePartner, type PartnerView } from "./service.ts";
