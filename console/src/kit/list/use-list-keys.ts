import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { type Shortcut, useShortcuts } from "../shortcuts.ts";
import type { ListDeclaration } from "./list-declaration.ts";

interface ListKeys<T> {
  readonly list: ListDeclaration<T>;
  readonly rows: readonly T[];
  readonly active: T | undefined;
  readonly setActive: (id: string | null) => void;
  readonly previewing: boolean;
  readonly setPreviewing: (previewing: boolean) => void;
  readonly openRow: (row: T) => void;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly selected: Readonly<Record<string, true>>;
  readonly setSelected: (selected: Record<string, true>) => void;
}

/** j k Enter Space x / Esc: a list without the mouse. */
export function useListKeys<T>(keys: ListKeys<T>): void {
  const { t } = useTranslation("kit");
  const { list, rows, active, setActive } = keys;
  const move = (step: number) => {
    const at = active === undefined ? (step > 0 ? -1 : rows.length) : rows.indexOf(active);
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (next !== undefined) setActive(list.rowId(next));
  };
  const toggle = () => {
    if (active === undefined) return;
    const { [list.rowId(active)]: was, ...rest } = keys.selected;
    keys.setSelected(was === true ? rest : { ...rest, [list.rowId(active)]: true });
  };
  const stepBack = () => {
    if (keys.previewing) keys.setPreviewing(false);
    else if (Object.keys(keys.selected).length > 0) keys.setSelected({});
    else setActive(null);
  };
  const group = t("keys.list");
  const shortcuts: Shortcut[] = [
    { keys: "j", label: t("keys.next"), group, run: () => move(1) },
    { keys: "k", label: t("keys.previous"), group, run: () => move(-1) },
    { keys: "ArrowDown", label: t("keys.next"), group, run: () => move(1) },
    { keys: "ArrowUp", label: t("keys.previous"), group, run: () => move(-1) },
    { keys: "Escape", label: t("keys.back"), group, run: stepBack },
  ];
  if (list.open !== undefined)
    shortcuts.push({
      keys: "Enter",
      label: t("keys.open"),
      group,
      run: () => active !== undefined && keys.openRow(active),
    });
  if (list.preview !== undefined)
    shortcuts.push({ keys: "Space", label: t("keys.preview"), group, run: () => keys.setPreviewing(!keys.previewing) });
  if (list.bulk !== undefined) shortcuts.push({ keys: "x", label: t("keys.select"), group, run: toggle });
  if (list.search !== undefined)
    shortcuts.push({ keys: "/", label: t("keys.search"), group, run: () => keys.searchField.current?.focus() });
  useShortcuts(shortcuts);
}
