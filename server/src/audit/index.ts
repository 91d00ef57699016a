export { type ActivityLog, openActivityLog, timeline } from "./activity.ts";
export type { AuditActor, AuditEntry, AuditNote, ChainCheck, NotedActivity } from "./contracts.ts";
export { ERASED } from "./core/seal.ts";
export { destroyKeys, headOf, list, open, type ReadEntry, record, recordMany, verifyChain } from "./service.ts";
export {
  countActivities,
  forgetAddresses,
  oldActivities,
  removeActivities,
  type TimelineFilter,
  type TimelineRow,
} from "./store/activity.ts";
export type { AuditFilter } from "./store/entries.ts";
