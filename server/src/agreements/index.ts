export type { AcceptedTerms, Pair } from "./contracts.ts";
export { type TermsRange, termsFor, termsInForce } from "./core/precedence.ts";
export { acceptedTerms, allPairs, getAgreement, listAgreements, termsByIds } from "./reading.ts";
export { acceptVersion, approveVersion, proposeVersion, withdrawVersion } from "./service.ts";
