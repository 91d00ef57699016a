export { fixedClock as testClock } from "../../src/kernel/clock.ts";
export { type TestAnalytics, testAnalytics } from "./analytics.ts";
export { emptyDatabase, type TestDatabase, testDatabase } from "./database.ts";
export { startSample } from "./sample.ts";
export {
  type RunningTributary,
  runTributary,
  startTributary,
  type TributaryOptions,
  temporaryFolder,
} from "./tributary.ts";
