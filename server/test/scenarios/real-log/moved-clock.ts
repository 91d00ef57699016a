/**
 * A clock that stands where a test puts it, for every process that is started with this file preloaded (`--import`): the program itself
 * has no door for that. The time stands in a file of fifteen digits, named by TRIBUTARY_TEST_CLOCK; timers run as ever.
 */
import { openSync, readSync, writeFileSync } from "node:fs";

const DIGITS = 15;
const RealDate = Date;
const path = process.env.TRIBUTARY_TEST_CLOCK;
if (path !== undefined) standStill(openSync(path, "r"));

function standStill(file: number): void {
  const buffer = Buffer.alloc(DIGITS);
  const now = (): number => {
    readSync(file, buffer, 0, DIGITS, 0);
    return Number(buffer.toString("latin1"));
  };
  class StandingDate extends RealDate {
    constructor(...args: []) {
      if (args.length === 0) super(now());
      else super(...args);
    }
    static override now(): number {
      return now();
    }
  }
  globalThis.Date = StandingDate as DateConstructor;
}

/** Moves the clock in all processes that read this file. */
export function moveClock(file: string, to: Date | string | number): void {
  writeFileSync(file, String(new RealDate(to).getTime()).padStart(DIGITS, "0"), { flag: "r+" });
}

export function makeClock(file: string, at: string): void {
  writeFileSync(file, String(new RealDate(at).getTime()).padStart(DIGITS, "0"));
}
