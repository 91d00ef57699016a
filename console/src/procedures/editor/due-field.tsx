import { NumberInput, Select } from "@mantine/core";
import type { WorkingTime } from "@tributary/contract";
import { useTranslation } from "react-i18next";

interface DueFieldProps {
  readonly label: string;
  readonly value: WorkingTime | undefined;
  readonly change: (due: WorkingTime | undefined) => void;
}

/** Working hours or working days; empty: none. */
export function DueField({ label, value, change }: DueFieldProps) {
  const { t } = useTranslation("procedures");
  const unit = value !== undefined && "hours" in value ? "hours" : "days";
  const amount = value === undefined ? "" : "hours" in value ? value.hours : value.days;
  const set = (count: number | string, as: string) => {
    const whole = Number(count);
    if (!Number.isInteger(whole) || whole < 1) change(undefined);
    else change(as === "hours" ? { hours: whole } : { days: whole });
  };
  return (
    <div style={{ display: "flex", gap: 6, alignItems: "flex-end" }}>
      <NumberInput
        label={label}
        min={1}
        max={2000}
        value={amount}
        onChange={(count) => set(count, unit)}
        style={{ flex: 1 }}
      />
      <Select
        aria-label={t("editor.unit")}
        data={["hours", "days"].map((one) => ({ value: one, label: t(`editor.units.${one}`) }))}
        value={unit}
        allowDeselect={false}
        onChange={(as) => set(amount === "" ? 1 : amount, as ?? unit)}
        w={150}
      />
    </div>
  );
}
