export { changeContact, createContact, listContacts, removeContact } from "./contacts.ts";
export type { PartnerFacts } from "./contracts.ts";
export {
  allPartners,
  joinProgram,
  partnerById,
  partnerMayEnter,
  partnersByCodes,
  partnersByIds,
  partnerTouch,
  reachOf,
  whereWithin,
} from "./doors.ts";
export { changePartner, createPartner, getPartner, listPartners, movePartner, type PartnerView } from "./service.ts";
