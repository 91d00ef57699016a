export { type AlertLetter, letterOf } from "./letter.ts";
export { HealthMemory, type HealthNeeds, lookAtHealth } from "./run.ts";
