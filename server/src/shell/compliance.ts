import { resolveTxt } from "node:dns/promises";
import {
  type ComplianceNeeds,
  endLetters,
  type Letter,
  lostLetters,
  type Outside,
  ScreenMemory,
} from "../compliance/index.ts";
import type { Jobs } from "../database/index.ts";
import { addressPolicy, checkedLookup, urlProblem } from "../tracking/index.ts";
import { mailer } from "./mail.ts";
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

/** The partner and whoever looks after it are told by mail of papers that end and of proofs that are gone. */
export function diligenceMail(program: Program): Jobs {
  const { ctx, configuration } = program;
  const send = mailer(program);
  const tell = async (letters: Promise<readonly Letter[]>): Promise<void> => {
    for (const letter of await letters) await send(letter);
  };
  const ends = (payload: unknown) =>
    tell(endLetters(ctx, (payload as { readonly documentId: string }).documentId, configuration.publicUrl));
  return {
    tasks: {
      "compliance.document_expiring": ends,
      "compliance.document_expired": ends,
      "compliance.domain_lost": (payload) =>
        tell(lostLetters(ctx, (payload as { readonly proofId: string }).proofId, configuration.publicUrl)),
    },
  };
}
