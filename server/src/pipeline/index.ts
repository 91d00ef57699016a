export { activitiesOf, openTasks, passOpenTasks } from "./activities.ts";
export type { ActivityFacts, OpenTask, PipelineNeeds } from "./contracts.ts";
export { createForm, framersOfForm } from "./forms.ts";
export { changeLead, getLead, listLeads } from "./leads.ts";
export { type TakenMessage, takeMessage } from "./mail.ts";
export { loseLead, moveLead, winLead } from "./moves.ts";
export { conversations, eraseLeads, leadData, oldLostLeads } from "./personal.ts";
export { saveRoutingRules, saveSourceRules } from "./rules.ts";
export { takeLeads } from "./take.ts";
