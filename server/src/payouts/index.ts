export type { PayoutNeeds, RatesOn, ReleaseNeeds } from "./contracts.ts";
export { httpWith } from "./providers/http.ts";
export { openProviders } from "./providers/index.ts";
export { batchNames } from "./reading.ts";
