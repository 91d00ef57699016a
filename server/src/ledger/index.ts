export { changeSetUp, earnedAndBooked } from "./accounting.ts";
export type {
  AccountKind,
  BookMonth,
  Books,
  LedgerCheck,
  MonthFigures,
  Posted,
  RecipeName,
  TransferInput,
} from "./contracts.ts";
export { OPERATOR_BOOKS } from "./core/recipes.ts";
export { createExport } from "./journal-export.ts";
export { bookedBySource, heldBySource, transfersOf } from "./reading.ts";
export {
  balancesOf,
  bookMonths,
  closeMonths,
  monthFigures,
  movedByProgram,
  type OpenMonth,
  post,
  settledAfter,
  takeBooks,
  verifyLedger,
} from "./service.ts";
