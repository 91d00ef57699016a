import { useEffect, useRef, useSyncExternalStore } from "react";
import { type KeyMemory, meaningOf, type Shortcut } from "./key-sequence.ts";

export type { Shortcut } from "./key-sequence.ts";

let registered: readonly { current: readonly Shortcut[] }[] = [];
let listed: readonly Shortcut[] = [];
let memory: KeyMemory = { first: null, atMs: 0 };
const listeners = new Set<() => void>();

function changed(): void {
  listed = registered.flatMap((entry) => entry.current);
  for (const listener of listeners) listener();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space belong to the button, link or menu item that has the focus. */
function belongsToControl(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" && event.key !== " ") return false;
  return (
    event.target instanceof HTMLElement &&
    event.target.closest("button, a, [role=tab], [role=menuitem], input, summary") !== null
  );
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (isTyping(event.target) || belongsToControl(event)) return;
  if (document.querySelector("[aria-modal=true], [role=menu], [role=listbox]") !== null) return;
  const key = event.key === " " ? "Space" : event.key;
  const meaning = meaningOf(
    key,
    event.timeStamp,
    memory,
    registered.flatMap((entry) => entry.current),
  );
  memory = meaning.memory;
  if (meaning.shortcut === undefined) return;
  event.preventDefault();
  meaning.shortcut.run();
}

/** Called once by each entry. */
export function listenToKeys(): void {
  window.addEventListener("keydown", onKeyDown);
}

/** Registers shortcuts while the component is on screen; what was registered last wins. They all appear in the help (`?`). */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const entry = useRef(shortcuts);
  entry.current = shortcuts;
  const signature = shortcuts.map((one) => `${one.keys}:${one.label}`).join("|");
  useEffect(() => {
    registered = [...registered, entry];
    changed();
    return () => {
      registered = registered.filter((other) => other !== entry);
      changed();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is announced again when its keys or labels change
  useEffect(changed, [signature]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Everything the keyboard can do on this screen, for the help. */
export function useShortcutList(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => listed);
}
