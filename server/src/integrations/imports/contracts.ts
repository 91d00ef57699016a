import type { Actor } from "../../access/index.ts";
import type { CustomerSurroundings } from "../../attribution/index.ts";
import type { Context } from "../../database/index.ts";
import type { ProgramFacts } from "../../programs/index.ts";
import type { IntakeLog } from "../../tracking/index.ts";
import type { ImportRow } from "./store/imports.ts";

/** What imports ask of what stands around them; the shell gives it. */
export interface ImportNeeds {
  /** customers changed hands: what is due because of it, in the same transaction */
  readonly moved: CustomerSurroundings["moved"];
  /** an open lane of the intake log for history; closed by whoever opened it */
  readonly openLog: () => Promise<IntakeLog>;
}

/** One import at work: for whom, where, and in whose name. */
export interface ImportWork {
  readonly ctx: Context;
  readonly row: ImportRow;
  readonly program: ProgramFacts;
  readonly actor: Actor;
  readonly needs: ImportNeeds;
  /** told after every step */
  readonly progress?: (done: number, total: number) => void;
}
