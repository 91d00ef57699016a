export { approveItems } from "./approvals.ts";
export { askFor, closeRun, openRun } from "./moves.ts";
export { ACTOR_OF_USER, type RunNeeds } from "./needs.ts";
export { payeeLooks } from "./payee-look.ts";
export { lookForPayments } from "./payments.ts";
export { getRun, listItems } from "./reading.ts";
export { openScheduledRuns } from "./schedules.ts";
export { advanceRun } from "./work.ts";
