import type { WorkingSource } from "./working.ts";

let paths: Readonly<Record<string, (id: string) => string>> = {};

/** Each entry (console, portal) says where its records are; a kind without a page is shown as text. */
export function setSourcePaths(next: Readonly<Record<string, (id: string) => string>>): void {
  paths = next;
}

export function sourcePath(source: WorkingSource): string | undefined {
  return paths[source.kind]?.(source.id);
}
