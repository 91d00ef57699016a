import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./list.module.css";
import type { ListDeclaration } from "./list-declaration.ts";

interface BulkBarProps<T> {
  readonly list: ListDeclaration<T>;
  readonly rows: readonly T[];
  readonly selected: Readonly<Record<string, true>>;
  readonly onClear: () => void;
}

/** What can be done with the ticked rows. */
export function BulkBar<T>({ list, rows, selected, onClear }: BulkBarProps<T>) {
  const { t } = useTranslation("kit");
  const chosen = rows.filter((row) => selected[list.rowId(row)] === true);
  if (list.bulk === undefined || chosen.length === 0) return null;
  return (
    <div className={css.bulk} role="toolbar" aria-label={t("list.bulk")}>
      <span aria-live="polite">{t("list.selected", { count: chosen.length })}</span>
      {list.bulk.map((action) => (
        <Button
          key={action.id}
          variant="default"
          size="compact-sm"
          c={action.danger === true ? "var(--tb-bad)" : ""}
          onClick={() => action.run(chosen, onClear)}
        >
          {action.label}
        </Button>
      ))}
      <ActionIcon size={24} onClick={onClear} aria-label={t("list.clearSelection")}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
