import { ActionIcon, Group } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface RowToolsProps<T> {
  readonly rows: readonly T[];
  readonly at: number;
  readonly onChange: (rows: readonly T[]) => void;
}

/** Earlier, later, away: the order of rules decides. */
export function RowTools<T>({ rows, at, onChange }: RowToolsProps<T>) {
  const { t } = useTranslation("pipeline");
  const swapped = (other: number) => {
    const next = [...rows];
    [next[at], next[other]] = [next[other] as T, next[at] as T];
    onChange(next);
  };
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon variant="default" aria-label={t("earlier")} disabled={at === 0} onClick={() => swapped(at - 1)}>
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t("later")}
        disabled={at === rows.length - 1}
        onClick={() => swapped(at + 1)}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t("remove")}
        onClick={() => onChange(rows.filter((_, index) => index !== at))}
      >
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
}
