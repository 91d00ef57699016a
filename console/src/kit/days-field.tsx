import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DAY_RANGES, dayIn, plusDays, rangeOf } from "./day-ranges.ts";

interface DaysFieldProps {
  /** First day, "2026-03-01", or "". */
  readonly from: string;
  /** The day after the last one: ranges are half-open; people are shown the last day. */
  readonly to: string;
  readonly onChange: (from: string, to: string) => void;
}

/** A range of calendar days in the shown zone, with the ranges that people ask for most. */
export function DaysField({ from, to, onChange }: DaysFieldProps) {
  const { t } = useTranslation("kit");
  const { zone } = useFormat();
  return (
    <Stack gap={8}>
      <Group gap={4}>
        {DAY_RANGES.map((range) => (
          <Button
            key={range}
            variant="default"
            size="compact-xs"
            onClick={() => {
              const [first, end] = rangeOf(range, dayIn(zone, new Date()));
              onChange(first, end);
            }}
          >
            {t(`days.${range}`)}
          </Button>
        ))}
      </Group>
      <Group gap={8} wrap="nowrap">
        <TextInput
          type="date"
          label={t("days.from")}
          value={from}
          onChange={(event) => onChange(event.currentTarget.value, to)}
        />
        <TextInput
          type="date"
          label={t("days.to")}
          value={plusDays(to, -1)}
          onChange={(event) => onChange(from, plusDays(event.currentTarget.value, 1))}
        />
      </Group>
    </Stack>
  );
}
