import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./list.module.css";
import type { BulkAction, ListDeclaration } from "./list-declaration.ts";

interface BulkBarProps<T> {
  readonly list: ListDeclaration<T>;
  readonly rows: readonly T[];
  readonly selected: Readonly<Record<string, true>>;
  readonly onClear: () => void;
  /** More rows match than are loaded. */
  readonly more: boolean;
  readonly query: Readonly<Record<string, unknown>>;
}

/** What can be done with the ticked rows, or with everything that matches. */
export function BulkBar<T>({ list, rows, selected, onClear, more, query }: BulkBarProps<T>) {
  const { t } = useTranslation("kit");
  const [everything, setEverything] = useState(false);
  const chosen = rows.filter((row) => selected[list.rowId(row)] === true);
  if (list.bulk === undefined || chosen.length === 0) return null;
  const all = more && chosen.length === rows.length && list.bulk.some((action) => action.runAll !== undefined);
  const meant = all && everything;
  const clear = (): void => {
    setEverything(false);
    onClear();
  };
  const start = (action: BulkAction<T>): void =>
    meant && action.runAll !== undefined ? action.runAll(query, clear) : action.run(chosen, clear);
  return (
    <div className={css.bulk} role="toolbar" aria-label={t("list.bulk")}>
      <span aria-live="polite">{meant ? t("list.allSelected") : t("list.selected", { count: chosen.length })}</span>
      {all && !everything ? (
        <Button variant="subtle" size="compact-sm" onClick={() => setEverything(true)}>
          {t("list.selectEverything")}
        </Button>
      ) : null}
      {list.bulk
        .filter((action) => !meant || action.runAll !== undefined)
        .map((action) => (
          <Button
            key={action.id}
            variant="default"
            size="compact-sm"
            c={action.danger === true ? "var(--tb-bad)" : ""}
            onClick={() => start(action)}
          >
            {action.label}
          </Button>
        ))}
      <ActionIcon size={24} onClick={clear} aria-label={t("list.clearSelection")}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
