export type { AnalyticsContext, ReportContext } from "./contracts.ts";
export { METRICS, type Metric } from "./core/metrics.ts";
export { freshness } from "./freshness.ts";
export { funnelReport } from "./funnel.ts";
export { type AnalyticsReplayed, replayAnalytics } from "./replay.ts";
export { type ShippingContext, type ShippingOptions, shipAll, startShipping } from "./shipping/shipper.ts";
export { type TrafficOfDay, type TrafficQuestion, trafficByDay } from "./traffic.ts";
export { type AnalyticsDifference, type AnalyticsVerified, verifyAnalytics } from "./verify.ts";
