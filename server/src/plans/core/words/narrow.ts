import type { MonthDays, Where } from "@tributary/contract";
import { bounds } from "./bounds.ts";
import { and, type Speaker, thing } from "./parts.ts";

/** `deposit at least 10 (each)`. */
export function where(speaker: Speaker, of: Where): string {
  const parts = Object.entries(of).map(([name, limits]) => `${thing(speaker, name)} ${bounds(speaker, limits, false)}`);
  return speaker.say(`each with ${and(speaker, parts)}`, `cada uno con ${and(speaker, parts)}`);
}

/** `from the 20th to the last day of the month`. */
export function monthDays(speaker: Speaker, of: MonthDays): string {
  const { say } = speaker;
  const day = (number: number) =>
    number === 31 ? say("the last day", "el último día") : say(`day ${number}`, `el día ${number}`);
  return say(
    `from ${day(of.from)} to ${day(of.until)} of the month`,
    `desde ${day(of.from)} hasta ${day(of.until)} del mes`,
  );
}
