/** Where "now" comes from. Only the shell reads the machine's clock; everything else is given one, so that replay and tests can travel in time. */
export interface Clock {
  now(): Date;
}

/** A clock that stands still until it is moved: for tests, replay and the sample program. */
export function fixedClock(
  start: Date | string,
): Clock & { set(at: Date | string): void; advance(milliseconds: number): void } {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    set: (next) => {
      at = new Date(next);
    },
    advance: (milliseconds) => {
      at = new Date(at.getTime() + milliseconds);
    },
  };
}
