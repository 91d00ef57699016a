import { ActionIcon, Button, Checkbox, Menu, Stack, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconDownload, IconSearch, IconX } from "@tabler/icons-react";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { FilterChips } from "./filter-chips.tsx";
import css from "./list.module.css";
import type { Column, ListDeclaration } from "./list-declaration.ts";
import { withFilters, withValue } from "./list-query.ts";
import { useExport } from "./use-export.ts";
import type { ListModel } from "./use-list.ts";

interface ListToolbarProps<T> {
  readonly list: ListDeclaration<T>;
  readonly model: ListModel<T>;
  readonly searchField: RefObject<HTMLInputElement | null>;
}

/** Search, filters, columns, export. */
export function ListToolbar<T>({ list, model, searchField }: ListToolbarProps<T>) {
  const { t } = useTranslation("kit");
  const { search, setSearch, state, filters } = model;
  return (
    <div className={css.bar} role="toolbar" aria-label={t("list.toolbar", { list: list.title })}>
      {list.search === undefined ? null : (
        <SearchField
          key={state.view?.id}
          field={searchField}
          placeholder={list.search}
          value={state.q}
          onChange={(q) => setSearch(withValue(search, "q", q))}
        />
      )}
      <FilterChips
        filters={filters}
        values={state.filters}
        onChange={(values) => setSearch(withFilters(search, filters, values))}
      />
      <div className={css.spring} />
      <ListTools list={list} model={model} />
    </div>
  );
}

/** Columns and export. */
export function ListTools<T>({ list, model }: Pick<ListToolbarProps<T>, "list" | "model">) {
  const { t } = useTranslation("kit");
  const { memory, setMemory } = model;
  const exporting = useExport(list, model);
  return (
    <>
      <ColumnChooser
        columns={list.columns}
        hidden={memory.hidden}
        onChange={(hidden) => setMemory({ ...memory, hidden })}
        onReset={() => setMemory({ ...memory, hidden: {}, widths: {} })}
      />
      <Tooltip label={exporting.progress ?? t("list.export")}>
        <ActionIcon onClick={exporting.start} loading={exporting.running} aria-label={t("list.export")}>
          <IconDownload size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (q: string) => void;
}

function SearchField({ field, placeholder, value, onChange }: SearchFieldProps) {
  const { t } = useTranslation("kit");
  const [text, setText] = useState(value);
  const later = useDebouncedCallback(onChange, 250);
  const change = (next: string) => {
    setText(next);
    later(next);
  };
  return (
    <TextInput
      ref={field}
      className={css.search}
      size="xs"
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      rightSection={
        text === "" ? null : (
          <ActionIcon size={20} onClick={() => change("")} aria-label={t("list.clearSearch")}>
            <IconX size={12} />
          </ActionIcon>
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
    />
  );
}

interface ColumnChooserProps<T> {
  readonly columns: readonly Column<T>[];
  readonly hidden: Readonly<Record<string, boolean>>;
  readonly onChange: (hidden: Readonly<Record<string, boolean>>) => void;
  readonly onReset: () => void;
}

function ColumnChooser<T>({ columns, hidden, onChange, onReset }: ColumnChooserProps<T>) {
  const { t } = useTranslation("kit");
  return (
    <Menu closeOnItemClick={false} trigger="click">
      <Menu.Target>
        <ActionIcon aria-label={t("list.columns")} title={t("list.columns")} visibleFrom="sm">
          <IconAdjustmentsHorizontal size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown miw={190}>
        <Menu.Label>{t("list.columns")}</Menu.Label>
        <Stack gap={8} px={10} py={4} mah={360} style={{ overflow: "auto" }}>
          {columns.slice(1).map((column) => (
            <Checkbox
              key={column.id}
              label={column.label}
              checked={!(hidden[column.id] ?? column.hidden ?? false)}
              onChange={(event) => onChange({ ...hidden, [column.id]: !event.currentTarget.checked })}
            />
          ))}
        </Stack>
        <Button variant="subtle" fullWidth onClick={onReset} mt={4}>
          {t("list.resetColumns")}
        </Button>
      </Menu.Dropdown>
    </Menu>
  );
}
