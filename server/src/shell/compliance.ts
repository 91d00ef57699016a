import { resolveTxt } from "node:dns/promises";
import type { ComplianceNeeds, Outside } from "../compliance/index.ts";
import { ScreenMemory } from "../compliance/index.ts";
import { addressPolicy, checkedLookup, urlProblem } from "../tracking/index.ts";
import type { Program } from "./program.ts";
import { vaultFor } from "./tracking-parts.ts";

/** What due diligence is given: the vault, and pages and name servers behind the same fence as every call that leaves the program. */
export function complianceNeeds(program: Program): ComplianceNeeds {
  return {
    memory: new ScreenMemory(),
    vault: vaultFor(program),
    outside: outsideOf(program.configuration.outboundLoopbackHosts),
  };
}

function outsideOf(loopbackHosts: readonly string[]): Outside {
  const policy = addressPolicy(loopbackHosts);
  return { lookup: checkedLookup(policy), refuses: (url) => urlProblem(url, policy), txtRecords };
}

/** A name without such records has none; that is an answer. */
async function txtRecords(name: string): Promise<string[][]> {
  try {
    return await resolveTxt(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENODATA" || code === "ENOTFOUND") return [];
    throw error;
  }
}
