import type { BankDetail, PaymentBatch } from "../banking/index.ts";
import type { Vault } from "./contracts.ts";
import type { Connection, ProviderName } from "./providers/contracts.ts";
import type { SourceRow } from "./store/sources.ts";

/** What is kept sealed of a source. */
export interface Sealed {
  readonly initiator: { readonly name: string; readonly id?: string };
  readonly account: BankDetail;
  readonly credentials: Readonly<Record<string, string>>;
  readonly environment: "live" | "sandbox";
  readonly options?: NonNullable<PaymentBatch["options"]>;
}

export interface SourceSecrets extends Sealed {
  readonly connection: Connection;
}

/** Opens the account and the credentials of a source, for the moment of sending. */
export function openSource(row: SourceRow, vault: Vault): SourceSecrets {
  const sealed = JSON.parse(vault.open(row.sealed)) as Sealed;
  const { credentials, environment } = sealed;
  return { ...sealed, connection: { provider: row.method as ProviderName, environment, credentials } };
}
