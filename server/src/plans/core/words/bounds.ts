import type { Threshold } from "@tributary/contract";
import type { z } from "zod";
import { amount, and, figure, type Speaker, thing } from "./parts.ts";

interface Bounds {
  readonly atLeast?: z.infer<typeof Threshold> | undefined;
  readonly moreThan?: z.infer<typeof Threshold> | undefined;
  readonly atMost?: z.infer<typeof Threshold> | undefined;
  readonly lessThan?: z.infer<typeof Threshold> | undefined;
}

/** `of at least 50.00 EUR`. */
export function bounds(speaker: Speaker, of: Bounds, money: boolean): string {
  const { say } = speaker;
  const text = (one: z.infer<typeof Threshold>) =>
    typeof one === "string"
      ? money
        ? amount(speaker, one)
        : figure(speaker, one)
      : say(
          `${one.times} times ${thing(speaker, one.of)}`,
          `${figure(speaker, one.times)} veces ${thing(speaker, one.of)}`,
        );
  const parts = [
    ...(of.atLeast === undefined ? [] : [say(`at least ${text(of.atLeast)}`, `al menos ${text(of.atLeast)}`)]),
    ...(of.moreThan === undefined ? [] : [say(`more than ${text(of.moreThan)}`, `más de ${text(of.moreThan)}`)]),
    ...(of.atMost === undefined ? [] : [say(`at most ${text(of.atMost)}`, `como máximo ${text(of.atMost)}`)]),
    ...(of.lessThan === undefined ? [] : [say(`less than ${text(of.lessThan)}`, `menos de ${text(of.lessThan)}`)]),
  ];
  return and(speaker, parts);
}
