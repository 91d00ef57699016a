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
  readonly lineCount: number;
  readonly linesHash: string;
}

/** sha256, hex, of the canonical content. */
export function hashContent(content: StatementContent): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/** sha256, hex, over lines in their order, fed one by one so that a million of them need no memory. */
export class LinesHash {
  readonly #hash = createHash("sha256");
  count = 0;
  sum = 0n;

  take(line: {
    readonly lineKey: string;
    readonly version: number;
    readonly differenceMinor: bigint;
    readonly workingHash: string;
  }): void {
    this.#hash.update(`${line.lineKey} ${line.version} ${line.differenceMinor} ${line.workingHash}\n`);
    this.count += 1;
    this.sum += line.differenceMinor;
  }

  hex(): string {
    return this.#hash.copy().digest("hex");
  }
}
