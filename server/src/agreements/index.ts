export { acceptVersion, counterVersion, type Signing } from "./answers.ts";
export { approveVersion } from "./approvals.ts";
export type { AcceptedTerms, Pair } from "./contracts.ts";
export type { Evidence } from "./core/approval-rules.ts";
export { allowedComponents, type LicensedPartner, type Verdict } from "./core/jurisdiction.ts";
export { type TermsRange, termsFor, termsInForce } from "./core/precedence.ts";
export { agreedPrograms, handOverAgreements, returnAgreements } from "./hand-over.ts";
export { agreementNames } from "./names.ts";
export {
  acceptedTerms,
  allPairs,
  contractParties,
  getAgreement,
  listAgreements,
  pairsOfPartners,
  planOfVersion,
  termsByIds,
} from "./reading.ts";
export { changePolicy } from "./rules.ts";
export { proposeVersion, withdrawVersion } from "./service.ts";
export { type TermsOfDays, termsOnDays } from "./store/for-runs.ts";
export { type JurisdictionFacts, jurisdictionFacts, type TermsNeeds } from "./surroundings.ts";
export { createTemplate } from "./templates.ts";
