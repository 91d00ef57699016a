export { CpaComponent, CpaLadderComponent, CplComponent } from "./acquisition.ts";
export { Match, MonthDays, PlanAmount, PlanCode, PlanNumber, PlanRate, PlanText, Where } from "./amounts.ts";
export { Base, type BaseTerm, type BaseTermValue } from "./base.ts";
export { type Audience, Cap, Clawback, Gate, type Lapse, type Lifetime } from "./component-fields.ts";
export { type Condition, Qualification, type Threshold } from "./conditions.ts";
export { Component, FirstDepositRule, LineRounding, type Model, PlanDocument, type PlanInput } from "./document.ts";
export { BonusComponent, FlatFeeComponent, MinimumGuaranteeComponent } from "./fixed.ts";
export { ClientRebateComponent, SubPartnerComponent } from "./levels.ts";
export { CpcComponent, CpmComponent, PerEventComponent } from "./media.ts";
export { Metric, MetricCondition, MetricPeriod, type OneMetric } from "./metric.ts";
export { Carryover, HighRoller, RevenueShareComponent, TheoreticalComponent } from "./revenue-share.ts";
export { RecurringComponent, SaleComponent } from "./sale.ts";
export { Conversion, Hold, Milestone, Window } from "./timing.ts";
export { TradeFilter } from "./trade-filter.ts";
export {
  CommissionShareComponent,
  LotRebateComponent,
  NotionalComponent,
  PipRebateComponent,
  PointRebateComponent,
  SpreadShareComponent,
} from "./trading.ts";
export { AmountValue, FactorValue, type PlanValue, RateValue, type TableValue, type TieredValue } from "./value.ts";
