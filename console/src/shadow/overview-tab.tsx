import type { Shadow, ShadowDay } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { CLASS_TONES, CLASSES } from "./states.ts";
import { Checks } from "./summary.tsx";

/** Days in the picture. */
const DAYS = 60;

export function Overview({ shadow }: { readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  const { summary } = shadow;
  if (summary === null) return <EmptyState title={t("notCompared")} text={t("noDataText")} />;
  return (
    <>
      <AgreementCourse id={shadow.id} />
      <Card title={t("checks")} flush>
        <Checks summary={summary} />
      </Card>
      <Card title={t("found")} flush>
        <PlainTable
          label={t("found")}
          rows={CLASSES.filter((one) => (summary.classes[one] ?? 0) > 0)}
          rowId={(one) => one}
          empty={<EmptyState title={t("nothing")} />}
          columns={[
            {
              id: "class",
              label: t("what"),
              cell: (one) => (
                <Go to={`/shadow/${shadow.id}?tab=results&class=${one}`}>
                  <StatusBadge state={one} label={t(`class.${one}`)} tones={CLASS_TONES} plain />
                </Go>
              ),
            },
            { id: "why", label: t("meaning"), cell: (one) => t(`classText.${one}`) },
            {
              id: "count",
              label: t("conversions"),
              align: "end",
              cell: (one) => <Count of={summary.classes[one] ?? 0} />,
            },
          ]}
        />
      </Card>
    </>
  );
}

function Count({ of }: { readonly of: number }) {
  const format = useFormat();
  return <span className="tabular">{format.number(of)}</span>;
}

/** The share that agrees, day by day. */
function AgreementCourse({ id }: { readonly id: string }) {
  const { t } = useTranslation("shadow");
  const format = useFormat();
  const days = useRecord<Page<ShadowDay>>(`/shadows/${id}/days`, { limit: DAYS });
  const rows = [...(days.data?.data ?? [])].reverse();
  if (rows.length === 0) return null;
  return (
    <Card title={t("course")}>
      <Chart
        label={t("course")}
        categoryLabel={t("day")}
        categories={rows.map(({ day }) => format.day(day))}
        format={(value) => format.share(value)}
        max={1}
        series={[
          {
            name: t("agreement"),
            kind: "line",
            values: rows.map(({ agreed, compared }) => (compared === 0 ? null : agreed / compared)),
          },
        ]}
      />
    </Card>
  );
}
