import { ActionIcon, Button, MultiSelect, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { RunMatrixRow, RunSchedule } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { PlainTable } from "../kit/record/plain-table.tsx";

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

/** Who signs what: level, currency, from which amount on, how many people. Amounts are typed in minor units, as they are booked. */
export function MatrixRows(props: RowsProps<RunMatrixRow>) {
  const { t } = useTranslation("runs");
  const { numbered, change, remove, add } = useRows(props);
  return (
    <>
      <PlainTable
        label={t("matrix")}
        rows={numbered}
        rowId={({ at }) => String(at)}
        columns={[
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
          {
            id: "currency",
            label: t("currencyOrAny"),
            cell: ({ row, at }) => (
              <TextInput
                aria-label={t("currencyOrAny")}
                size="xs"
                w={80}
                maxLength={3}
                value={row.currency}
                onChange={(event) => change(at, { currency: event.currentTarget.value.toUpperCase() })}
              />
            ),
          },
          {
            id: "above",
            label: t("above"),
            cell: ({ row, at }) => (
              <TextInput
                aria-label={t("above")}
                size="xs"
                w={130}
                inputMode="numeric"
                value={row.above}
                onChange={(event) => change(at, { above: event.currentTarget.value.replace(/\D/g, "") })}
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
          { id: "remove", label: "", align: "end", cell: ({ at }) => <RemoveButton onClick={() => remove(at)} /> },
        ]}
      />
      <Button
        size="xs"
        variant="default"
        mt={8}
        onClick={() => add({ level: "central", currency: "*", above: "0", approvals: 1 })}
      >
        {t("addRow")}
      </Button>
    </>
  );
}

const CADENCES = ["weekly", "half_monthly", "monthly", "quarterly"] as const;

/** Who is paid when: by name, by region, or everybody else. */
export function ScheduleRows(props: RowsProps<RunSchedule>) {
  const { t } = useTranslation("runs");
  const { numbered, change, remove, add } = useRows(props);
  const regions = useRecord<Page<{ readonly id: string; readonly name: string }>>("/regions", { limit: 200 });
  const names = (regions.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <>
      <PlainTable
        label={t("schedules")}
        rows={numbered}
        rowId={({ at }) => String(at)}
        columns={[
          {
            id: "name",
            label: t("name"),
            cell: ({ row, at }) => (
              <TextInput
                aria-label={t("name")}
                size="xs"
                w={150}
                value={row.name}
                onChange={(event) => change(at, { name: event.currentTarget.value })}
              />
            ),
          },
          {
            id: "code",
            label: t("code"),
            cell: ({ row, at }) => (
              <TextInput
                aria-label={t("code")}
                size="xs"
                w={120}
                value={row.code}
                onChange={(event) => change(at, { code: event.currentTarget.value.toLowerCase() })}
              />
            ),
          },
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
                placeholder="prt_…"
                onChange={(partnerIds) => change(at, { partnerIds })}
              />
            ),
          },
          { id: "remove", label: "", align: "end", cell: ({ at }) => <RemoveButton onClick={() => remove(at)} /> },
        ]}
      />
      <Button
        size="xs"
        variant="default"
        mt={8}
        onClick={() => add({ code: "", name: "", cadence: "weekly", partnerIds: [], regionIds: [] })}
      >
        {t("addRow")}
      </Button>
    </>
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
