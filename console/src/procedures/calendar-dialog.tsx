import type { WorkingCalendarWire } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";

interface CalendarValues {
  readonly regionId: string;
  readonly timeZone: string;
  readonly holidays: string;
  readonly day0: string;
  readonly day1: string;
  readonly day2: string;
  readonly day3: string;
  readonly day4: string;
  readonly day5: string;
  readonly day6: string;
}

const HOURS = /^\s*\d{1,2}:\d\d\s*[-–]\s*\d{1,2}:\d\d(\s*,\s*\d{1,2}:\d\d\s*[-–]\s*\d{1,2}:\d\d)*\s*$/;
const Hours = z.string().regex(HOURS).optional();
const HOLIDAY = /^(\d{4}-\d\d-\d\d)[\s,;]*(.*)$/;
const Values = z.object({
  timeZone: z.string().min(1),
  day0: Hours,
  day1: Hours,
  day2: Hours,
  day3: Hours,
  day4: Hours,
  day5: Hours,
  day6: Hours,
  holidays: z
    .string()
    .refine((text) => text.split("\n").every((line) => line.trim() === "" || HOLIDAY.test(line.trim())))
    .optional(),
});

/** "9:00-12:30, 14:00-18:00" → [["09:00", "12:30"], …] */
function hoursOf(text: string | undefined): [string, string][] {
  return (text ?? "")
    .split(",")
    .map((part) => part.split(/[-–]/).map((time) => time.trim().padStart(5, "0")))
    .flatMap(([from, to]) => (from && to ? [[from, to] as [string, string]] : []));
}

/** One line each: the day, and its name. */
function holidaysOf(text: string | undefined): { day: string; name: string }[] {
  return (text ?? "").split("\n").flatMap((line) => {
    const [, day, name = ""] = HOLIDAY.exec(line.trim()) ?? [];
    return day === undefined ? [] : [{ day, name: name.trim() }];
  });
}

function valuesOf(calendar: WorkingCalendarWire | null): CalendarValues {
  const usual = (day: number) => (day < 5 ? "09:00-17:00" : "");
  const hours = (day: number) => calendar?.week[day]?.map(([from, to]) => `${from}-${to}`).join(", ") ?? usual(day);
  return {
    regionId: calendar?.regionId ?? "",
    timeZone: calendar?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    holidays: (calendar?.holidays ?? []).map(({ day, name }) => `${day} ${name}`).join("\n"),
    // biome-ignore format: seven days
    day0: hours(0),
    day1: hours(1),
    day2: hours(2),
    day3: hours(3),
    day4: hours(4),
    day5: hours(5),
    day6: hours(6),
  };
}

function send(calendar: WorkingCalendarWire | null, values: CalendarValues): Promise<WorkingCalendarWire> {
  const { day0, day1, day2, day3, day4, day5, day6, timeZone, regionId } = values;
  const week = [day0, day1, day2, day3, day4, day5, day6].map(hoursOf);
  const body = { timeZone, week, holidays: holidaysOf(values.holidays) };
  return calendar === null
    ? api.post<WorkingCalendarWire>("/procedure-calendars", { ...body, regionId: regionId || null })
    : api.put<WorkingCalendarWire>(`/procedure-calendars/${calendar.id}`, { ...body, revision: calendar.revision });
}

/** Working hours and holidays of a region. */
export function CalendarDialog({
  calendar,
  onClose,
}: {
  readonly calendar: WorkingCalendarWire | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation("procedures");
  const days = [0, 1, 2, 3, 4, 5, 6].map(
    (day): Field<CalendarValues> => ({
      kind: "text",
      name: `day${day}`,
      label: t(`weekdays.${day}`),
      half: true,
      placeholder: t("calendars.free"),
    }),
  );
  return (
    <FormDialog<CalendarValues, WorkingCalendarWire>
      opened
      onClose={onClose}
      wide
      title={t(calendar === null ? "calendars.add" : "calendars.change")}
      submit={t("save")}
      schema={Values}
      initial={valuesOf(calendar)}
      fields={[
        {
          kind: "record",
          name: "regionId",
          label: t("calendars.region"),
          hint: t("calendars.regionHint"),
          disabled: calendar !== null,
          resource: "/regions",
          toOption: (row: { readonly id: string; readonly name: string }) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "select",
          name: "timeZone",
          label: t("calendars.zone"),
          required: true,
          options: ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((zone) => ({
            value: zone,
            label: zone,
          })),
        },
        ...days,
        {
          kind: "textarea",
          name: "holidays",
          label: t("calendars.holidays"),
          hint: t("calendars.holidaysHint"),
          rows: 6,
          mono: true,
        },
      ]}
      send={(values) => send(calendar, values)}
      done={() => undefined}
      refresh={["procedure-calendars"]}
    />
  );
}
