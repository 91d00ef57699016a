/** Life cycle of programs and offers, in the order in which people think of it. */
export const STATUSES = ["draft", "active", "paused", "closed"] as const;
export type ProgramState = (typeof STATUSES)[number];

/** Where a program or offer may go from a state. The server decides; this is what is offered. */
export const NEXT_STATES: Readonly<Record<ProgramState, readonly ProgramState[]>> = {
  draft: ["active"],
  active: ["paused", "closed"],
  paused: ["active", "closed"],
  closed: [],
};
