export type {
  AttributionRules,
  Candidate,
  Claim,
  CustomerState,
  Decision,
  DecisionReason,
  Ownership,
  RulesVersion,
  Touch,
  TouchKind,
} from "./contracts.ts";
export { mergeMoves, movesOf } from "./core/moves.ts";
export { absenceOn, ownerAt, ownerOn } from "./core/ownership.ts";
export { FATE_REASONS, LOSING_REASONS, UNDECIDED_REASONS, WINNING_REASONS } from "./core/reasons.ts";
export { DEFAULT_RULES } from "./core/rules.ts";
export { type RulesTimeline, rulesOn, soleRules, withVersion } from "./core/timeline.ts";
export { type CustomerFacts, customerById } from "./doors.ts";
export { countHandedOver, handOverCustomers, programsOfCustomers, returnCustomers } from "./hand-over.ts";
export {
  type BindingNote,
  bindImported,
  type ImportedBinding,
  type KnownCustomer,
  knownCustomers,
  unbindImported,
} from "./imported.ts";
export { type RehearsedOwnership, rehearseOwnership } from "./rehearse.ts";
export {
  type ProgramRules,
  type RuledProgram,
  rulesOfPrograms,
  rulesVersion,
  touchDaysOf,
} from "./rules-of-programs.ts";
export { listRules, markKnownCustomers, replayRules, saveRules } from "./rules-service.ts";
export {
  attributeByHand,
  type CustomerSurroundings,
  customerNames,
  explainAttribution,
  listCustomers,
} from "./service.ts";
export {
  type CustomerSeat,
  customerKey,
  identifyCustomers,
  type MovedCustomer,
  resettleCustomers,
  settleCustomers,
} from "./settle.ts";
export {
  type CustomerSet,
  countCustomers,
  customerSetsOf,
  customersAfter,
  customersByIds,
  customersOfPartners,
  findCustomers,
  type OwnedCustomer,
} from "./store/customers.ts";
export { decisionsOf, type StoredDecision } from "./store/decisions.ts";
export { type CommissionDifference, type ReplayRuns, replayRuns } from "./store/replay-runs.ts";
export type { TouchSources } from "./touches.ts";
