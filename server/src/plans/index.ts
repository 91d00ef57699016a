export { addCase, changeCase, listCases, removeCase, runCasesOn } from "./cases.ts";
export type { PlanVersionFacts, RunPlan } from "./contracts.ts";
export { checkPlan, type PlanCheck } from "./core/check-plan.ts";
export { type Finding, sayIn } from "./core/findings.ts";
export { hashPlan } from "./core/hash-plan.ts";
export { renderComponent, renderPlan, renderSections, type Section, type Sentence } from "./core/render-plan.ts";
export { isRaw as isRawMessage, schemaWords } from "./core/schema-words.ts";
export {
  addPlanVersion,
  createPlan,
  getPlan,
  planNames,
  planVersionIds,
  planVersionsByIds,
  publishPlanVersion,
  readPlan,
} from "./service.ts";
