export {
  type ActivationRule,
  activationRule,
  activationRules,
  closePartner,
  type LaunchProof,
  launchPartner,
  setActivationRule,
} from "./activation.ts";
export { type AlikePartner, partnersAlike } from "./alike.ts";
export { traitsBefore } from "./attributes-by-day.ts";
export {
  changeBulkMapping,
  getBulk,
  openBulk,
  rejectsFile,
  startBulkCheck,
  startBulkRun,
  startBulkUndo,
  workOnBulk,
} from "./bulk/index.ts";
export { createContact } from "./contacts.ts";
export type { LicenceFacts, PartnerFacts } from "./contracts.ts";
export { PARTNER_LIFE } from "./core/life.ts";
export {
  allPartners,
  contactNamesOf,
  contactsById,
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
  programsOfPartner,
  reachOf,
  subPartnersOf,
  whereWithin,
} from "./doors.ts";
export { missingFields, setFields } from "./field-values.ts";
export { createField } from "./fields.ts";
export { fittingTexts } from "./fitting-texts.ts";
export { addLicence, endLicence } from "./licences.ts";
export type { MergeNeeds, Mover } from "./merge-needs.ts";
export { decideMerge, lookAtMerge, mergePartners } from "./merging.ts";
export type { MissingField } from "./missing-fields.ts";
export { contactData, eraseContacts } from "./personal.ts";
export { type PartnerReadiness, partnerReadiness } from "./readiness.ts";
export {
  liftRestriction,
  placeRestriction,
  type RestrictionFacts,
  refuseNewOffers,
  restrictionsOf,
  stoppedPartners,
} from "./restrictions.ts";
export { type FoundRecord, searchPeople } from "./search.ts";
export { changePartner, createPartner, getPartner, listPartners, movePartner, type PartnerView } from "./service.ts";
export { type PartnerBelow, parentsAbove, subPartnersBelow } from "./sub-partner-tree.ts";
export { planTransfer } from "./transfers.ts";
export { unmergePartners } from "./unmerging.ts";
