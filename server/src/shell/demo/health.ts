import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { systemActor } from "../../access/index.ts";
import { createSource } from "../../tracking/index.ts";
import { writeAtomically } from "../data-folder.ts";
import type { Program } from "../program.ts";
import { vaultFor } from "../tracking-parts.ts";

const SENT = "sample-broken-source.json";
const CALLS = 24;

/**
 * A set-up that is broken: since its last change the old billing system sends sales without a customer, because nobody fills in its macro. Every call is answered with what is wrong
 * with it, and the next look at the health of tracking tells of the source. Sent once, however often the sample starts.
 */
export async function sendFromBrokenSource(program: Program, address: string, programId: string): Promise<void> {
  const sent = program.folder.inside(SENT);
  if (existsSync(sent)) return;
  const { id, token } = await createSource(
    program.ctx,
    systemActor("sample"),
    { programId, name: "Billing (old)" },
    { vault: vaultFor(program), publicUrl: program.configuration.publicUrl, randomBytes },
  );
  writeAtomically(sent, `${JSON.stringify({ sourceId: id, calls: CALLS })}\n`, 0o600);
  for (let call = 1; call <= CALLS; call++) {
    const query = new URLSearchParams({ type: "sale", id: `INV-${4_100 + call}`, customer: "", amount: "49.00" });
    await (await fetch(`${address}/p/${token}?${query}`)).arrayBuffer();
  }
}
