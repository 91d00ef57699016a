export { bankAccountNames } from "./bank-accounts.ts";
export { takeBankFile } from "./bank-files.ts";
export { bookMatches } from "./booking.ts";
export { runComparison } from "./compare.ts";
export { readSideFile, takeSideFile } from "./comparison-files.ts";
export { readComparisonFile } from "./comparison-rows.ts";
export { createComparison } from "./comparisons.ts";
export type { ExpectedMovement } from "./contracts.ts";
export { expectMovements, matchAccount } from "./matching.ts";
