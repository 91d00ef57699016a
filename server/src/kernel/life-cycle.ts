import { Refusal } from "./refusal.ts";

/** States of a record, each with the states it may move to. */
export type LifeCycle<State extends string> = { readonly [From in State]: readonly State[] };

/**
 * Refuses a move that the life cycle does not know.
 * @throws Refusal `wrong_state`, naming where one may go from here
 */
export function requireMove<State extends string>(life: LifeCycle<State>, from: State, to: State): void {
  const open = life[from];
  if (open.includes(to)) return;
  const ways = open.length === 0 ? "nothing" : open.join(", ");
  throw new Refusal("wrong_state", `From ${from} this record may become ${ways}; not ${to}.`, [
    { field: "status", value: to, message: `not possible from ${from}`, hint: `Possible: ${ways}.` },
  ]);
}
