export { caseOf, order, signDecision, signWaiver, startCase, waive } from "./acting.ts";
export { type AskedAgain, askAgain } from "./ask-again.ts";
export { yamlOf } from "./catalogue.ts";
export type {
  CaseFacts,
  ConditionFacts,
  FactAnswer,
  FactDefinition,
  FactEvidence,
  FactParameters,
  FactSource,
  Facts,
  FirstDepositsExpected,
  ProcedureNeeds,
  RouteNeeds,
  Subject,
  WaitFacts,
} from "./contracts.ts";
export {
  boardOfCases,
  type KnownCase,
  lastCasesOf,
  newestCaseOf,
  newestVersion,
  publishedProcedures,
} from "./for-onboarding.ts";
export { lookAgain } from "./looking.ts";
export { caseNames, procedureVersionNames } from "./names.ts";
export { checkProcedure, publishProcedure, saveProcedure } from "./versions.ts";
