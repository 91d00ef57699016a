export { fixedClock as testClock } from "../../src/kernel/clock.ts";
export { emptyDatabase, type TestDatabase, testDatabase } from "./database.ts";
