export type * from "./statements/contracts.ts";
export { readBankStatement } from "./statements/read.ts";
