import { Button, Popover } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DAY_RANGES, dayIn, plusDays, rangeOf } from "./day-ranges.ts";
import { DaysField } from "./days-field.tsx";

interface DaysMenuProps {
  readonly from: string;
  /** The day after the last one. */
  readonly to: string;
  readonly onChange: (from: string, to: string) => void;
}

/** The period of a report: a button that says it, and the field that changes it. */
export function DaysMenu({ from, to, onChange }: DaysMenuProps) {
  const { t } = useTranslation("kit");
  const format = useFormat();
  const today = dayIn(format.zone, new Date());
  const known = DAY_RANGES.find((range) => rangeOf(range, today).join() === `${from},${to}`);
  const days = plusDays(to, -1) === from ? format.day(from) : `${format.day(from)} – ${format.day(plusDays(to, -1))}`;
  return (
    <Popover position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button variant="default" size="compact-sm" leftSection={<IconCalendar size={14} />}>
          {known === undefined ? days : `${t(`days.${known}`)} · ${days}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={10}>
        <DaysField from={from} to={to} onChange={(first, end) => first !== "" && end > first && onChange(first, end)} />
      </Popover.Dropdown>
    </Popover>
  );
}
