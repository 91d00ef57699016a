export { checkBankDetail } from "./details/check.ts";
export type * from "./details/contracts.ts";
export { maskDetail } from "./details/mask.ts";
export { namesAgree } from "./details/names.ts";
export { requiredFields } from "./details/required.ts";
export { checkTaxNumber, taxNumberKinds } from "./details/tax-numbers.ts";
export type * from "./statements/contracts.ts";
export { readBankStatement } from "./statements/read.ts";
