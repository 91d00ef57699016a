export { DEFAULT_THRESHOLD } from "./core/screen.ts";
export { acceptDocument } from "./document-decisions.ts";
export { addDocument } from "./documents.ts";
export { startProof } from "./domains.ts";
export type { DiligenceAnswer } from "./facts/answer.ts";
export { documentState } from "./facts/documents.ts";
export { expiredDocuments } from "./facts/expired.ts";
export { ownershipState, questionnaireState } from "./facts/people.ts";
export { riskState } from "./facts/risk.ts";
export { domainState, siteState } from "./facts/sites.ts";
export { endLetters, type Letter, lostLetters } from "./letters.ts";
export { ListProblem } from "./lists/files.ts";
export { type ListSource, listSources } from "./lists/folder.ts";
export { namesOf } from "./lists/names-file.ts";
export { type LoadedList, loadList } from "./loading.ts";
export type { ComplianceNeeds, Outside } from "./needs.ts";
export { setHolding } from "./ownership.ts";
export { addPerson } from "./people.ts";
export {
  documentsAbout,
  eraseRelatedPersons,
  filesAbout,
  mayForget,
  relatedPersonData,
  YEARS_KEPT,
} from "./personal.ts";
export { answerQuestionnaire } from "./questionnaires.ts";
export { attachRegime, jurisdictionCheck } from "./regimes.ts";
export { decideGo, ratePartner } from "./risk.ts";
export { ScreenMemory, screenChanged, screenPartnersNow as screenPartners } from "./run.ts";
export { type ScreenedName, screenNames } from "./screen-names.ts";
export { keepPage, reviewSite } from "./site-reviews.ts";
export { addSite } from "./sites.ts";
export { screeningState } from "./state.ts";
