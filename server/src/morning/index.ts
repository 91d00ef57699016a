export { savePlans } from "./plans.ts";
export { type MorningNeeds, refreshMorning } from "./refresh.ts";
