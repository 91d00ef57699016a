export type { AuditActor, AuditEntry, AuditNote, ChainCheck } from "./contracts.ts";
export { destroyKeys, ERASED, headOf, list, record, recordMany, verifyChain } from "./service.ts";
export type { AuditFilter } from "./store/entries.ts";
