import { Button, Menu, Popover } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useName } from "../../api/names.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { plusDays } from "../day-ranges.ts";
import { FilterEditor } from "./filter-editor.tsx";
import css from "./list.module.css";
import type { Filter } from "./list-declaration.ts";
import { fieldsOf } from "./list-query.ts";

type Values = Readonly<Record<string, string>>;

interface FilterChipsProps {
  readonly filters: readonly Filter[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
}

function isSet(filter: Filter, values: Values): boolean {
  return fieldsOf(filter).some((field) => (values[field] ?? "") !== "");
}

/** What a list is narrowed to, one chip each; a chip opens its editor. */
export function FilterChips({ filters, values, onChange }: FilterChipsProps) {
  const { t } = useTranslation("kit");
  const [adding, setAdding] = useState<string | null>(null);
  const shown = filters.filter((filter) => isSet(filter, values) || filter.field === adding);
  const rest = filters.filter((filter) => !shown.includes(filter));
  const clear = (filter: Filter) => {
    const gone = new Set(fieldsOf(filter));
    onChange(Object.fromEntries(Object.entries(values).filter(([name]) => !gone.has(name))));
    setAdding(null);
  };
  return (
    <>
      {rest.length === 0 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" size="compact-sm" leftSection={<IconFilter size={14} />}>
              {t("list.filter")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((filter) => (
              <Menu.Item key={filter.field} onClick={() => setAdding(filter.field)}>
                {filter.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {shown.map((filter) => (
        <FilterChip
          key={filter.field}
          filter={filter}
          values={values}
          openAtFirst={filter.field === adding}
          onChange={(part) => onChange({ ...values, ...part })}
          onClear={() => clear(filter)}
          onClosed={() => setAdding(null)}
        />
      ))}
    </>
  );
}

interface FilterChipProps {
  readonly filter: Filter;
  readonly values: Values;
  readonly openAtFirst: boolean;
  readonly onChange: (part: Values) => void;
  readonly onClear: () => void;
  readonly onClosed: () => void;
}

function FilterChip({ filter, values, openAtFirst, onChange, onClear, onClosed }: FilterChipProps) {
  const { t } = useTranslation("kit");
  const [open, setOpen] = useState(openAtFirst);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) onClosed();
  };
  const text = useFilterText(filter, values);
  return (
    <Popover opened={open} onChange={change} position="bottom-start" trapFocus returnFocus withinPortal>
      <span className={css.chip}>
        <Popover.Target>
          <button type="button" onClick={() => change(!open)}>
            <em>{filter.label}</em>
            <b>{text === "" ? t("list.choose") : text}</b>
          </button>
        </Popover.Target>
        <button type="button" onClick={onClear} aria-label={t("list.removeFilter", { filter: filter.label })}>
          <IconX size={12} aria-hidden="true" />
        </button>
      </span>
      <Popover.Dropdown p={8}>
        <FilterEditor filter={filter} values={values} onChange={onChange} onDone={() => change(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function useFilterText(filter: Filter, values: Values): string {
  const format = useFormat();
  const value = values[filter.field] ?? "";
  const name = useName(filter.kind === "record" ? value : null);
  if (filter.kind === "record") return name ?? value;
  if (filter.kind === "days") {
    const [from, to] = fieldsOf(filter).map((field) => values[field]);
    const shown = [from, to === undefined ? to : plusDays(to, -1)].map((day) => (day ? format.day(day) : "…"));
    return from || to ? shown.join(" – ") : "";
  }
  if (filter.kind === "choice") {
    const labels = value.split(",").map((one) => filter.options.find((option) => option.value === one)?.label ?? one);
    return labels.length > 2 ? `${labels.slice(0, 2).join(", ")} +${labels.length - 2}` : labels.join(", ");
  }
  return value;
}
