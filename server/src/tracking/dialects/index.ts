import type { Dialect, DialectName } from "./core/contracts.ts";

/** Every dialect that is spoken, in the order of the compatibility page. A vendor is added by its file and a line here. */
export const DIALECTS: readonly Dialect[] = [];

const BY_NAME: ReadonlyMap<string, Dialect> = new Map(DIALECTS.map((dialect) => [dialect.name, dialect]));

export function dialectNamed(name: DialectName | string): Dialect | undefined {
  return BY_NAME.get(name);
}
