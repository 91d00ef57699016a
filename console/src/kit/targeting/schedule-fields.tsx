import { Button, Chip, TextInput } from "@mantine/core";
import type { ScheduleWindow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import css from "./targeting.module.css";
import { weekdayNames } from "./weekdays.ts";

interface ScheduleFieldsProps {
  readonly value: readonly ScheduleWindow[];
  readonly onChange: (value: ScheduleWindow[]) => void;
}

const FIRST: ScheduleWindow = { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };

/** Hours of a week by the program's clock; none: always. */
export function ScheduleFields({ value, onChange }: ScheduleFieldsProps) {
  const { t } = useTranslation("kit");
  const change = (index: number, part: Partial<ScheduleWindow>) =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <>
      {value.map((window, index) => (
        <Window
          // biome-ignore lint/suspicious/noArrayIndexKey: windows have no other name
          key={index}
          window={window}
          onChange={(part) => change(index, part)}
          onRemove={() => onChange(value.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button size="compact-sm" variant="default" onClick={() => onChange([...value, FIRST])}>
          {t("targeting.addHours")}
        </Button>
      </div>
    </>
  );
}

interface WindowProps {
  readonly window: ScheduleWindow;
  readonly onChange: (part: Partial<ScheduleWindow>) => void;
  readonly onRemove: () => void;
}

function Window({ window, onChange, onRemove }: WindowProps) {
  const { t, i18n } = useTranslation("kit");
  const time = (name: "from" | "to") => (
    <TextInput
      type="time"
      size="xs"
      aria-label={t(`targeting.hours.${name}`)}
      value={window[name] === "24:00" ? "00:00" : window[name]}
      onChange={({ currentTarget }) => onChange({ [name]: timeOf(name, currentTarget.value) })}
    />
  );
  return (
    <div className={css.window}>
      <Chip.Group
        multiple
        value={window.days.map(String)}
        onChange={(days) => days.length > 0 && onChange({ days: days.map(Number).sort() })}
      >
        {weekdayNames(i18n.language).map((name, index) => (
          <Chip key={name} size="xs" value={String(index + 1)}>
            {name}
          </Chip>
        ))}
      </Chip.Group>
      {time("from")} – {time("to")}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onRemove}>
        {t("targeting.removeHours")}
      </Button>
    </div>
  );
}

/** Midnight as an end is the end of the day. */
function timeOf(name: "from" | "to", text: string): string {
  if (text === "") return name === "from" ? "00:00" : "24:00";
  return name === "to" && text === "00:00" ? "24:00" : text;
}
