export type { DayFact, FactEvent, Milestone } from "./contracts.ts";
export {
  type FactDifference,
  type FactSurroundings,
  type FoldResult,
  foldEvents,
  markMoved,
  rebuildFacts,
  verifyFacts,
} from "./service.ts";
export { type DirtyMonth, loadMilestones } from "./store.ts";
