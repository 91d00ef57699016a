export { approveAssignment, proposeAssignment } from "./assignments.ts";
export { type KnownPayee, takeOverPayees } from "./bulk.ts";
export type {
  BlockCode,
  PayeeBlock,
  PayeeDetail,
  PayeeFacts,
  PayeeOfProgram,
  TaxTreatment,
  Vault,
} from "./contracts.ts";
export { payeeFor } from "./core/serving.ts";
export { thresholdMet } from "./core/threshold.ts";
export { detailChangesSince, openDetails, payeeBlocks, payeeDetails, payeeNames, payeesOf } from "./doors.ts";
export type { PayeeNeeds } from "./needs.ts";
export { lettersOf } from "./notices.ts";
export { payeeMentions } from "./personal.ts";
export { acceptSelfBilling, selfBillingTerms } from "./self-billing.ts";
export { createPayee, getPayee, listPayees } from "./service.ts";
export { approveVersion, proposeVersion } from "./versions.ts";
