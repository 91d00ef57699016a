import type { EventSourceChange, SourceDialect } from "@tributary/contract";
import { tokenHash, type Vault } from "../events/source.ts";
import { dialectNamed } from "./index.ts";

/** The credential of an existing integration as it is kept: its SHA-256, and sealed beside it where the platform signs with it. */
export interface IncumbentColumns {
  readonly incumbent_token_hash: string | null;
  readonly incumbent_secret: string | null;
}

export function incumbentColumns(dialect: string, token: string | null, vault: Vault): IncumbentColumns {
  if (token === null) return { incumbent_token_hash: null, incumbent_secret: null };
  const signs = dialectNamed(dialect)?.signs === true;
  return { incumbent_token_hash: tokenHash(token), incumbent_secret: signs ? vault.close(token) : null };
}

interface DialectColumns extends Partial<IncumbentColumns> {
  readonly dialect: SourceDialect;
  readonly settings?: string;
}

/** What a change of a source means for its columns. Another dialect has another credential: the old one is forgotten. */
export function dialectChange(before: string, change: EventSourceChange, vault: Vault): DialectColumns {
  const dialect = change.dialect ?? (before as SourceDialect);
  const forget = dialect !== before && change.incumbentToken === undefined;
  return {
    dialect,
    ...(change.settings === undefined ? undefined : { settings: JSON.stringify(change.settings) }),
    ...(change.incumbentToken === undefined && !forget
      ? undefined
      : incumbentColumns(dialect, change.incumbentToken ?? null, vault)),
  };
}
