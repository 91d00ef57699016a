import type { LookupFunction } from "node:net";
import type { Vault } from "../database/index.ts";
import type { ScreenMemory } from "./run.ts";

/** How this room reaches pages that partners name: only public addresses, each checked before the connection is made. */
export interface Outside {
  readonly lookup: LookupFunction;
  /** why an address may not be called, or undefined */
  readonly refuses: (url: string) => string | undefined;
  /** TXT records of a name, each in its parts; an unknown name has none. Throws when nobody answers. */
  readonly txtRecords: (name: string) => Promise<string[][]>;
}

/** What the shell gives this room. */
export interface ComplianceNeeds {
  readonly memory: ScreenMemory;
  readonly vault: Vault;
  readonly outside: Outside;
}
