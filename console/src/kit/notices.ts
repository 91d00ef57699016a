import { notifications } from "@mantine/notifications";
import { createElement } from "react";
import { UndoButton } from "./undo-button.tsx";

/** A short word that something is done. */
export function say(message: string): void {
  notifications.show({ message, autoClose: 4000, withBorder: true });
}

/** Something failed beside the place where it was asked for. */
export function complain(title: string, detail?: string): void {
  notifications.show({ title, message: detail ?? "", color: "red", autoClose: 10_000, withBorder: true });
}

const UNDO_MS = 7000;

/**
 * Does a thing later, so that it can be taken back: shows the notice with "Undo" and commits when the time is over or the page
 * is left. For what the server can take back itself, commit at once and undo with a second call instead.
 */
export function doWithUndo(message: string, commit: () => void, takeBack: () => void = () => {}): void {
  let open = true;
  const finish = (kept: boolean) => {
    if (!open) return;
    open = false;
    window.removeEventListener("pagehide", onLeave);
    if (kept) commit();
    else takeBack();
  };
  const onLeave = () => finish(true);
  window.addEventListener("pagehide", onLeave);
  const id = notifications.show({
    autoClose: UNDO_MS,
    withBorder: true,
    onClose: () => finish(true),
    message: createElement(UndoButton, {
      message,
      undo: () => {
        finish(false);
        notifications.hide(id);
      },
    }),
  });
}

/** Something is done already; the notice offers to take it back with a second call. */
export function sayWithUndo(message: string, takeBack: () => void): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    withBorder: true,
    message: createElement(UndoButton, {
      message,
      undo: () => {
        notifications.hide(id);
        takeBack();
      },
    }),
  });
}
