import type { HealthAlertDetail, HealthReason } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useActionText } from "../admin/action-text.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { durationText } from "./what-text.tsx";

/** Fourteen days beside what was to be expected of them, and what may lie behind it. */
export function AlertOverview({ alert, own }: { readonly alert: HealthAlertDetail; readonly own: boolean }) {
  const { t } = useTranslation("health");
  return (
    <>
      {alert.course === null ? null : (
        <Card title={t("picture")}>
          <Picture course={alert.course} />
        </Card>
      )}
      <Card title={t("reasons")} flush>
        {alert.reasons.length === 0 ? (
          <EmptyState title={t("noReasons")} text={t("noReasonsText")} />
        ) : (
          <Reasons reasons={alert.reasons} own={own} />
        )}
      </Card>
    </>
  );
}

function Picture({ course }: { readonly course: NonNullable<HealthAlertDetail["course"]> }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const clock = new Intl.DateTimeFormat(format.language, {
    weekday: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: course.timeZone,
  });
  const value = (one: number) => {
    if (course.unit === "seconds") return durationText(one, format.language);
    return course.unit === "share" ? format.share(one) : format.number(Math.round(one * 10) / 10);
  };
  const band = course.low.some((one) => one !== null);
  return (
    <Chart
      label={t("picture")}
      categoryLabel={t("hours", { hours: course.stepHours })}
      categories={course.times.map((time) => clock.format(new Date(time)))}
      format={value}
      height={280}
      series={[
        { name: t("seen"), values: course.seen, kind: "area" },
        { name: t("expected"), values: course.expected },
        ...(band
          ? [
              { name: t("atLeast"), values: course.low, quiet: true },
              { name: t("atMost"), values: course.high, quiet: true },
            ]
          : []),
      ]}
    />
  );
}

const PLACES: Readonly<Record<string, (id: string) => string>> = {
  partner: (id) => `/partners/${id}`,
  offer: (id) => `/offers/${id}`,
  link: (id) => `/links/${id}`,
  program: (id) => `/programs/${id}`,
  event_source: (id) => `/event-sources/${id}`,
  postback: (id) => `/postbacks/${id}`,
  test: (id) => `/tests/${id}`,
};
const OWN_PLACES = new Set(["link", "postback", "test"]);

function Reasons({ reasons, own }: { readonly reasons: readonly HealthReason[]; readonly own: boolean }) {
  const { t } = useTranslation("health");
  const action = useActionText();
  const place = (one: HealthReason) =>
    one.subjectId === "" || (own && !OWN_PLACES.has(one.subjectKind))
      ? undefined
      : PLACES[one.subjectKind]?.(one.subjectId);
  const text = (one: HealthReason) =>
    t(`reason.${one.code}`, { text: one.code === "setting_changed" ? action(one.text) : one.text, who: one.who });
  return (
    <PlainTable
      label={t("reasons")}
      rows={reasons}
      rowId={(one) => `${one.code} ${one.subjectId} ${one.at ?? ""}`}
      columns={[
        {
          id: "what",
          label: t("reasonColumn"),
          cell: (one) => {
            const to = place(one);
            return to === undefined ? text(one) : <Go to={to}>{text(one)}</Go>;
          },
        },
        { id: "at", label: t("at"), align: "end", cell: (one) => (one.at === null ? "" : <DateText at={one.at} />) },
      ]}
    />
  );
}
