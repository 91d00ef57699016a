import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import type { Vault } from "./contracts.ts";

/** What payees is given by the shell. */
export interface PayeeNeeds {
  readonly vault: Vault;
  /** The same account has the same fingerprint; nobody without the deployment's key can work it out. */
  readonly fingerprint: (text: string) => string;
  /** Asks for a fresh second factor where the person has one. @throws Refusal */
  readonly secondFactor?: (ctx: Context, actor: Actor, code: string | undefined) => Promise<void>;
}
