import type { ProgramStatus } from "@tributary/contract";
import type { LifeCycle } from "../../kernel/life-cycle.ts";

/** Life of a program and of an offer. Closed is for ever: late events of a closed program are still booked, new ones are refused. */
export const PROGRAM_LIFE: LifeCycle<ProgramStatus> = {
  draft: ["active", "closed"],
  active: ["paused", "closed"],
  paused: ["active", "closed"],
  closed: [],
};
