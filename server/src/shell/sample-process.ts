/** The building of the sample as a process of its own, started by demo/demo.ts; ends when its parent does. */

import { join } from "node:path";
import type { Configuration } from "./configuration.ts";
import type { BooksOrder } from "./demo/books.ts";
import { buildSample } from "./demo/build.ts";
import { answerOrders, startPart } from "./demo/parts.ts";
import { type Addresses, joinProgram } from "./program.ts";

export interface SampleOrder {
  readonly configuration: Configuration;
  readonly addresses: Addresses;
  /** about how many clicks */
  readonly clicks: number;
}

// Started now, so that it is loaded when the first month has ended.
const office = startPart<BooksOrder>(join(import.meta.dirname, "sample-books-process.ts"));

answerOrders<SampleOrder>(async ({ configuration, addresses, clicks }, onProgress) => {
  const program = joinProgram(configuration, addresses, "sample");
  try {
    await buildSample(program, office, { clicks, onProgress });
  } finally {
    office.end();
    await program.close();
  }
});
