import type { BankTransactionCode, Counterparty, Remittance, ReturnReason } from "../contracts.ts";
import type { LooseReferences } from "../references.ts";

/** What `:86:` tells of an entry, in whichever of the banks' dialects. */
export interface Information {
  readonly dialect: "structured" | "slashed" | "free" | "none";
  readonly references: LooseReferences;
  readonly counterparty: Counterparty;
  readonly remittance: Remittance;
  readonly codes: readonly BankTransactionCode[];
  readonly text?: string;
  readonly returned?: ReturnReason;
  readonly purpose?: string;
}
