import { createHash } from "node:crypto";
import type { StatementFigures } from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";

/** What is frozen when a statement is closed. The lines themselves never change: their hash stands for them. */
export interface StatementContent {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly month: string;
  readonly figures: StatementFigures;
  /** what the lines booked in the month come to, by program and component, in the order of their names */
  readonly components: readonly ComponentSum[];
  readonly lineCount: number;
  readonly linesHash: string;
}

export interface ComponentSum {
  readonly programId: string;
  readonly component: string;
  readonly lines: number;
  /** minor units, held ones included */
  readonly minor: string;
}

/** sha256, hex, of the canonical content. */
export function hashContent(content: StatementContent): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

export interface CountedLine {
  readonly lineKey: string;
  readonly version: number;
  readonly differenceMinor: bigint;
  readonly workingHash: string;
}

/** sha256, hex, over lines in their order, fed one by one so that a million of them need no memory. */
export class LinesHash {
  readonly #hash = createHash("sha256");
  count = 0;
  sum = 0n;

  take(line: CountedLine): void {
    this.#hash.update(`${line.lineKey} ${line.version} ${line.differenceMinor} ${line.workingHash}\n`);
    this.count += 1;
    this.sum += line.differenceMinor;
  }

  hex(): string {
    return this.#hash.copy().digest("hex");
  }
}

/** The lines of one statement as they pass by: their hash, and their sums by program and component. */
export class LinesOfMonth {
  readonly hash = new LinesHash();
  readonly #sums = new Map<string, { programId: string; component: string; lines: number; minor: bigint }>();

  take(line: CountedLine & { readonly programId: string; readonly component: string }): void {
    this.hash.take(line);
    const key = `${line.programId} ${line.component}`;
    const sum = this.#sums.get(key);
    if (sum === undefined) {
      const { programId, component } = line;
      this.#sums.set(key, { programId, component, lines: 1, minor: line.differenceMinor });
      return;
    }
    sum.lines += 1;
    sum.minor += line.differenceMinor;
  }

  components(): readonly ComponentSum[] {
    const sorted = [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([, sum]) => ({ ...sum, minor: String(sum.minor) }));
  }

  programIds(): readonly string[] {
    return [...new Set([...this.#sums.values()].map((sum) => sum.programId))];
  }
}
