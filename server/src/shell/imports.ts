import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallNeeds, ImportNeeds } from "../integrations/index.ts";
import { openIntakeLog, type Vault } from "../tracking/index.ts";
import { customerSurroundings } from "./customers.ts";
import type { Program } from "./program.ts";
import { vaultFor } from "./tracking-parts.ts";

/** What imports from other platforms are given. History is appended by a lane of its own, which whoever opens it closes. */
export function importNeeds(program: Program): ImportNeeds & { readonly vault: Vault; readonly calls: CallNeeds } {
  const { database, clock } = program;
  return {
    moved: customerSurroundings.moved,
    openLog: () => openIntakeLog({ pool: database.pool, clock, writer: `import on ${hostname()}` }),
    vault: vaultFor(program),
    calls: { fetch, sleep: (ms) => sleep(ms), now: () => clock.now() },
  };
}
