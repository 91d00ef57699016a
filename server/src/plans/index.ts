export type { PlanVersionFacts } from "./contracts.ts";
export { checkPlan, type PlanCheck } from "./core/check-plan.ts";
export type { Finding } from "./core/findings.ts";
export { hashPlan } from "./core/hash-plan.ts";
export { renderComponent, renderPlan } from "./core/render-plan.ts";
export {
  addPlanVersion,
  checkDocument,
  createPlan,
  getPlan,
  listPlans,
  planNames,
  planVersionsByIds,
  publishPlanVersion,
  readPlan,
} from "./service.ts";
