import { Button } from "@mantine/core";
import type { WorkingCalendarWire } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { NumberText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useSession } from "../session/session.tsx";
import { CalendarDialog } from "./calendar-dialog.tsx";

/** Working hours by region: by them due times and escalations are counted. */
export function CalendarList() {
  const { t } = useTranslation("procedures");
  const { can } = useSession();
  const [editing, setEditing] = useState<WorkingCalendarWire | "new" | null>(null);
  return (
    <>
      <ListPage<WorkingCalendarWire>
        name="procedure-calendars"
        title={t("calendars.title")}
        resource="/procedure-calendars"
        rowId={(one) => one.id}
        actions={
          can("procedures.approve") ? <Button onClick={() => setEditing("new")}>{t("calendars.add")}</Button> : null
        }
        columns={[
          {
            id: "region",
            label: t("calendars.region"),
            cell: (one) => (one.regionId === null ? t("calendars.usual") : <NameText id={one.regionId} />),
            text: (one) => one.regionId,
            phone: "title",
          },
          {
            id: "zone",
            label: t("calendars.zone"),
            width: 180,
            cell: (one) => one.timeZone,
            text: (one) => one.timeZone,
            phone: "line",
          },
          {
            id: "week",
            label: t("calendars.week"),
            width: 360,
            cell: (one) => <WeekText week={one.week} />,
            text: (one) => JSON.stringify(one.week),
          },
          {
            id: "holidays",
            label: t("calendars.holidays"),
            align: "end",
            width: 110,
            cell: (one) => <NumberText value={one.holidays.length} />,
            text: (one) => one.holidays.length,
          },
          {
            id: "edit",
            label: t("edit"),
            width: 110,
            cell: (one) =>
              can("procedures.approve") ? (
                <Button size="compact-xs" variant="default" onClick={() => setEditing(one)}>
                  {t("edit")}
                </Button>
              ) : null,
            phone: "value",
          },
        ]}
        empty={{ title: t("calendars.empty"), text: t("calendars.emptyText") }}
      />
      {editing === null ? null : (
        <CalendarDialog calendar={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

function WeekText({ week }: { readonly week: WorkingCalendarWire["week"] }) {
  const { t } = useTranslation("procedures");
  const days = week.map((hours) => hours.map(([from, to]) => `${from}–${to}`).join(", "));
  const groups: { from: number; to: number; text: string }[] = [];
  days.forEach((text, day) => {
    const last = groups.at(-1);
    if (last?.text === text) last.to = day;
    else groups.push({ from: day, to: day, text });
  });
  return groups
    .filter(({ text }) => text !== "")
    .map(({ from, to, text }) => `${t(`weekdays.${from}`)}${to > from ? `–${t(`weekdays.${to}`)}` : ""} ${text}`)
    .join(" · ");
}
