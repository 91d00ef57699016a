export { type ClosedMonth, keepReserves } from "./adjustments/rules.ts";
export { adjustmentsOfMonth, decideAdjustment, getAdjustment, proposeAdjustment } from "./adjustments/service.ts";
export { startCalculator } from "./calculator.ts";
export type { BooksCheck, DuePair, LineDifference, Recalculated, Replayed } from "./contracts.ts";
export { countWithLines } from "./depending.ts";
export { frameAncestorsOf } from "./estimate/service.ts";
export { type Evaluation, type EvaluationOfFile, evaluate } from "./evaluate.ts";
export { explainLine, type LineSurroundings } from "./explain.ts";
export { explainCustomer } from "./explain-customer.ts";
export {
  type DayFact,
  type DirtyMonth,
  type FactDifference,
  type FactEvent,
  type FactSurroundings,
  type FoldResult,
  foldEvents,
  loadMilestones,
  type Milestone,
  markMoved,
  rebuildFacts,
  verifyFacts,
} from "./facts/index.ts";
export { publishedRates } from "./published-rates.ts";
export { type ImportedRates, importRates } from "./rates.ts";
export {
  type BookedPart,
  type BookedRecord,
  carriesOf,
  linesBookedIn,
  recordsBookedIn,
  waitingFor,
} from "./reading.ts";
export { replayCommissions, verifyBooks } from "./rebuild.ts";
export { countDuePairs, markEverybody, type RecalculateOptions, recalculate } from "./recalculate.ts";
export { type Rehearsed, rehearsePlan } from "./rehearse.ts";
export { releaseDue } from "./release.ts";
export {
  commissionsIfMoved,
  runSimulation,
  type SimulationNeeds,
  simulationEvidence,
  startSimulation,
} from "./simulation/index.ts";
export { markStanding, noteTraffic, pairsWithTraffic, type TrafficDay } from "./standing.ts";
export { type BookedLine, bookedLines, releasedLines } from "./store/booked.ts";
export {
  adjustmentsIn,
  type BookedAdjustment,
  type ChangedLine,
  type ComponentCell,
  changedLines,
  changedSums,
  componentCells,
  lastLine,
  ratesOf,
  waitingMonths,
} from "./store/for-runs.ts";
export { termsAccepted } from "./terms-accepted.ts";
export { holdSchedule } from "./waiting.ts";
