import { createHash } from "node:crypto";
import { CompiledQuery } from "kysely";
import type { Tx } from "./db.ts";

/** Travels in the place of a statement's values: nothing is sent, the client only takes note. */
export class PlansKept {}

/**
 * Has the connection prepare the statements of this transaction once and use them again the next time: for transactions of many small statements
 * that come again and again with as little to do, where PostgreSQL would spend more time on reading and planning them than on doing them.
 */
export async function keepPlans(tx: Tx): Promise<void> {
  await tx.executeQuery(CompiledQuery.raw("", [new PlansKept()]));
}

/** Texts with as many placeholders as there are values are without number: beyond this many they are sent as they are. */
const MOST_NAMES = 400;
const names = new Map<string, string>();

/** The name under which a connection prepares a statement; undefined: it does not. */
export function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = createHash("sha256").update(text).digest("base64url");
  names.set(text, name);
  return name;
}
