import { ActionIcon, Button, MultiSelect, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { RunMatrixRow, RunSchedule } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { AmountCell } from "../money/amount-cell.tsx";

interface RowsProps<T> {
  readonly rows: readonly T[];
  readonly onChange: (rows: readonly T[]) => void;
}

interface Numbered<T> {
  readonly row: T;
  readonly at: number;
}

function useRows<T>({ rows, onChange }: RowsProps<T>) {
  return {
    numbered: rows.map((row, at): Numbered<T> => ({ row, at })),
    change: (at: number, part: Partial<T>) =>
      onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row))),
    remove: (at: number) => onChange(rows.filter((_, index) => index !== at)),
    add: (row: T) => onChange([...rows, row]),
  };
}

const LEVELS = ["regional", "central", "finance"] as const;

type Column<T> = PlainColumn<Numbered<T>>;
type Change<T> = (at: number, part: Partial<T>) => void;

interface TypedCell<T> {
  readonly id: keyof T & string;
  readonly label: string;
  readonly width: number;
  readonly value: (row: T) => string;
  readonly change: (at: number, typed: string) => void;
}

/** A column in which something short is typed. */
function typed<T>({ id, label, width, value, change }: TypedCell<T>): Column<T> {
  return {
    id,
    label,
    cell: ({ row, at }) => (
      <TextInput
        aria-label={label}
        size="xs"
        w={width}
        value={value(row)}
        onChange={(event) => change(at, event.currentTarget.value)}
      />
    ),
  };
}

/** Who signs what: level, currency, from which amount on, how many people. */
export function MatrixRows(props: RowsProps<RunMatrixRow>) {
  const { t } = useTranslation("runs");
  const { numbered, change, remove, add } = useRows(props);
  const added = { level: "central", currency: "*", above: "0", approvals: 1 } as const;
  return (
    <>
      <PlainTable
        label={t("matrix")}
        rows={numbered}
        rowId={({ at }) => String(at)}
        columns={[...matrixColumns(t, change), removeColumn(remove)]}
      />
      <AddButton onClick={() => add(added)} />
    </>
  );
}

type Translate = (key: string) => string;

function matrixColumns(t: Translate, change: Change<RunMatrixRow>): readonly Column<RunMatrixRow>[] {
  return [
    {
      id: "level",
      label: t("level"),
      cell: ({ row, at }) => (
        <Select
          aria-label={t("level")}
          size="xs"
          w={130}
          allowDeselect={false}
          value={row.level}
          data={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))}
          onChange={(level) => change(at, { level: (level ?? row.level) as RunMatrixRow["level"] })}
        />
      ),
    },
    typed<RunMatrixRow>({
      id: "currency",
      label: t("currencyOrAny"),
      width: 80,
      value: (row) => row.currency,
      change: (at, text) => change(at, { currency: text.toUpperCase().slice(0, 3) }),
    }),
    {
      id: "above",
      label: t("above"),
      cell: ({ row, at }) => (
        <AmountCell
          label={t("above")}
          currency={row.currency}
          minor={row.above}
          onChange={(above) => change(at, { above })}
        />
      ),
    },
    {
      id: "approvals",
      label: t("people"),
      cell: ({ row, at }) => (
        <NumberInput
          aria-label={t("people")}
          size="xs"
          w={80}
          min={0}
          max={5}
          value={row.approvals}
          onChange={(value) => change(at, { approvals: Number(value) })}
        />
      ),
    },
  ];
}

const CADENCES = ["weekly", "half_monthly", "monthly", "quarterly"] as const;

/** Who is paid when: by name, by region, or everybody else. */
export function ScheduleRows(props: RowsProps<RunSchedule>) {
  const { t } = useTranslation("runs");
  const { numbered, change, remove, add } = useRows(props);
  return (
    <>
      <PlainTable
        label={t("schedules")}
        rows={numbered}
        rowId={({ at }) => String(at)}
        columns={[...scheduleColumns(t, change), ...useWhoColumns(change), removeColumn(remove)]}
      />
      <AddButton onClick={() => add({ code: "", name: "", cadence: "weekly", partnerIds: [], regionIds: [] })} />
    </>
  );
}

function scheduleColumns(t: Translate, change: Change<RunSchedule>): readonly Column<RunSchedule>[] {
  return [
    typed<RunSchedule>({
      id: "name",
      label: t("name"),
      width: 150,
      value: (row) => row.name,
      change: (at, name) => change(at, { name }),
    }),
    typed<RunSchedule>({
      id: "code",
      label: t("code"),
      width: 120,
      value: (row) => row.code,
      change: (at, code) => change(at, { code: code.toLowerCase() }),
    }),
    {
      id: "cadence",
      label: t("cadence"),
      cell: ({ row, at }) => (
        <Select
          aria-label={t("cadence")}
          size="xs"
          w={150}
          allowDeselect={false}
          value={row.cadence}
          data={CADENCES.map((value) => ({ value, label: t(`cadences.${value}`) }))}
          onChange={(cadence) => change(at, { cadence: (cadence ?? row.cadence) as RunSchedule["cadence"] })}
        />
      ),
    },
  ];
}

function useWhoColumns(change: Change<RunSchedule>): readonly Column<RunSchedule>[] {
  const { t } = useTranslation("runs");
  const regions = useRecord<Page<{ readonly id: string; readonly name: string }>>("/regions", { limit: 200 });
  const names = (regions.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return [
    {
      id: "regions",
      label: t("regions"),
      cell: ({ row, at }) => (
        <MultiSelect
          aria-label={t("regions")}
          size="xs"
          w={200}
          value={row.regionIds}
          data={names}
          onChange={(regionIds) => change(at, { regionIds })}
        />
      ),
    },
    {
      id: "partners",
      label: t("partnerIds"),
      cell: ({ row, at }) => (
        <TagsInput
          aria-label={t("partnerIds")}
          size="xs"
          w={220}
          value={row.partnerIds}
          onChange={(partnerIds) => change(at, { partnerIds })}
        />
      ),
    },
  ];
}

function removeColumn<T>(remove: (at: number) => void): Column<T> {
  return { id: "remove", label: "", align: "end", cell: ({ at }) => <RemoveButton onClick={() => remove(at)} /> };
}

function AddButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation("runs");
  return (
    <Button size="xs" variant="default" mt={8} onClick={onClick}>
      {t("addRow")}
    </Button>
  );
}

function RemoveButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation("runs");
  return (
    <ActionIcon size={24} onClick={onClick} aria-label={t("remove")}>
      <IconTrash size={14} />
    </ActionIcon>
  );
}
