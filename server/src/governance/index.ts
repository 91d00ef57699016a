export { evaluateAll } from "./evaluate.ts";
export type { TidyNeeds } from "./look-for-tidying.ts";
export { makeFirstRules } from "./rules.ts";
export { applyTagRules, saveTagRule } from "./tags.ts";
