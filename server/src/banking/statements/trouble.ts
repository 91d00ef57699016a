import type { Problem, RefusedStatementFile, StatementFormat } from "./contracts.ts";

/**
 * Thrown inside a reader when the file cannot be read on; `readBankStatement` turns it into a refusal. A file that comes from outside
 * never throws anything else.
 */
export class Unreadable extends Error {
  readonly reason: RefusedStatementFile["reason"];
  readonly place: string | undefined;
  constructor(reason: RefusedStatementFile["reason"], sentence: string, place?: string) {
    super(sentence);
    this.name = "Unreadable";
    this.reason = reason;
    this.place = place;
  }
}

export function refused(problem: Unreadable, format?: StatementFormat): RefusedStatementFile {
  return {
    outcome: "refused",
    reason: problem.reason,
    sentence: problem.message,
    ...(problem.place === undefined ? {} : { place: problem.place }),
    ...(format === undefined ? {} : { format }),
  };
}

export function failure(code: string, sentence: string, place?: string): Problem {
  return { code, sentence, severity: "error", ...(place === undefined ? {} : { place }) };
}

export function note(code: string, sentence: string, place?: string): Problem {
  return { code, sentence, severity: "note", ...(place === undefined ? {} : { place }) };
}

/** A piece of the file for a sentence: one line, not endless, without what a terminal would obey. */
export function quoted(text: string): string {
  const flat = text
    .replace(/\p{Cc}+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return `"${flat.length > 60 ? `${flat.slice(0, 57)}…` : flat}"`;
}
