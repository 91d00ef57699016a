import { useCallback, useSyncExternalStore } from "react";

const PREFIX = "tributary:";
const listeners = new Set<() => void>();
const parsed = new Map<string, { raw: string; value: unknown }>();

function read(key: string): unknown {
  const raw = localStorage.getItem(PREFIX + key);
  if (raw === null) return undefined;
  const known = parsed.get(key);
  // the same text gives the same object, or every read would look like a change to React
  if (known?.raw === raw) return known.value;
  try {
    const value: unknown = JSON.parse(raw);
    parsed.set(key, { raw, value });
    return value;
  } catch {
    return undefined;
  }
}

export function storePreference(key: string, value: unknown): void {
  if (value === undefined) localStorage.removeItem(PREFIX + key);
  else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** A value that this browser remembers (columns, views, collapsed navigation); other tabs follow at once. */
export function usePreference<T>(key: string, initial: T): readonly [T, (value: T | undefined) => void] {
  const value = useSyncExternalStore(subscribe, () => read(key)) as T | undefined;
  const set = useCallback((next: T | undefined) => storePreference(key, next), [key]);
  return [value ?? initial, set];
}

export function readPreference<T>(key: string): T | undefined {
  return read(key) as T | undefined;
}
