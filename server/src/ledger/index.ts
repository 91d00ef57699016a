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
export { bookMonths, closeMonth, monthFigures, type OpenMonth, post, takeBooks, verifyLedger } from "./service.ts";
