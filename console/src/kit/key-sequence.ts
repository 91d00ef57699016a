/** One thing the keyboard can do. `keys` is "j", "Enter", "?" or a sequence such as "g p". */
export interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly group: string;
  readonly run: () => void;
}

const SEQUENCE_MS = 1200;

export interface KeyMemory {
  readonly first: string | null;
  readonly atMs: number;
}

/**
 * What a key press means: runs the shortcut registered last for it, or remembers it as the first key of a sequence.
 * `atMs` is the event's own time stamp, so that no clock is asked.
 */
export function meaningOf(
  key: string,
  atMs: number,
  memory: KeyMemory,
  shortcuts: readonly Shortcut[],
): { readonly shortcut: Shortcut | undefined; readonly memory: KeyMemory } {
  const forget = { first: null, atMs };
  if (memory.first !== null && atMs - memory.atMs < SEQUENCE_MS) {
    const pair = shortcuts.findLast((one) => one.keys === `${memory.first} ${key}`);
    if (pair !== undefined) return { shortcut: pair, memory: forget };
  }
  const starts = shortcuts.some((one) => one.keys.startsWith(`${key} `));
  if (starts) return { shortcut: undefined, memory: { first: key, atMs } };
  return { shortcut: shortcuts.findLast((one) => one.keys === key), memory: forget };
}
