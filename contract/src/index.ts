export * from "./access.ts";
export * from "./agreement-rounds.ts";
export * from "./agreement-rules.ts";
export * from "./agreement-templates.ts";
export * from "./agreements.ts";
export * from "./attribution-rules.ts";
export * from "./commissions.ts";
export * from "./customers.ts";
export { ERRORS, type ErrorCode } from "./errors.ts";
export * from "./evaluate.ts";
export * from "./events.ts";
export * from "./ledger.ts";
export * from "./links.ts";
export { Names, NamesQuery } from "./names.ts";
export { PageQuery, pageOf } from "./page.ts";
export * from "./partners.ts";
export * from "./plan-language/index.ts";
export {
  NewPlan,
  NewPlanVersion,
  Plan,
  PlanCheckRequest,
  PlanCheckResult,
  PlanDetail,
  PlanFinding,
  PlanLanguage,
  PlanPage,
  PlanQuery,
  PlanVersion,
} from "./plans.ts";
export * from "./postbacks.ts";
export * from "./programs.ts";
export * from "./reports.ts";
export * from "./statements.ts";
export { CountryCode, CurrencyCode, Day, Instant, MinorAmount, MoneyValue, Month } from "./values.ts";
