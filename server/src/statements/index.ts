export { branding, saveBranding } from "./branding.ts";
export { closeStatements } from "./closing.ts";
export type {
  ApprovedStatements,
  ClosedStatements,
  ClosingOptions,
  ClosingProgress,
  OnAccountApproval,
  PayableQuery,
  PayableStatement,
  ProgramPart,
  RefusedStatement,
  Settled,
  Settlement,
  SettlementReturn,
  StandingQuery,
  StatementStanding,
} from "./contracts.ts";
export { availableOnAccount } from "./core/on-account.ts";
export { parseSigned, verifySigned, whyNotSigned } from "./core/signed.ts";
export { decideInquiry, openInquiry } from "./inquiries.ts";
export {
  approveOnAccount,
  approveStatements,
  dischargedAfter,
  payableStatements,
  statementStandings,
} from "./payable.ts";
export {
  closeStatement,
  getStatement,
  listStatements,
  openStatements,
  payStatement,
  statementNames,
  statementsById,
  verifyStatements,
} from "./service.ts";
export { returnSettlements, settleStatements } from "./settling.ts";
export { type EarnedPart, earnedParts, partnersOfStatements, partnersWithEarnings } from "./store/for-invoices.ts";
