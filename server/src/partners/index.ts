export {
  type ActivationRule,
  activationRule,
  activationRules,
  type LaunchProof,
  launchPartner,
  setActivationRule,
} from "./activation.ts";
export { traitsBefore } from "./attributes-by-day.ts";
export { createContact } from "./contacts.ts";
export type { LicenceFacts, PartnerFacts } from "./contracts.ts";
export { PARTNER_LIFE } from "./core/life.ts";
export {
  allPartners,
  contactNamesOf,
  isSignatory,
  joinProgram,
  licencesOf,
  partnerById,
  partnerMayEnter,
  partnersByCodes,
  partnersByEmails,
  partnersByIds,
  partnersNamed,
  partnerTouch,
  reachOf,
  subPartnersOf,
  whereWithin,
} from "./doors.ts";
export { addLicence, endLicence } from "./licences.ts";
export { changePartner, createPartner, getPartner, listPartners, movePartner, type PartnerView } from "./service.ts";
export { type PartnerBelow, parentsAbove, subPartnersBelow } from "./sub-partner-tree.ts";
