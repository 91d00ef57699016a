import type { TodayReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plusDays } from "../kit/day-ranges.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import { NumberText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

/** Who brings the most today. */
export function TopPartners({ report, day }: { readonly report: TodayReport; readonly day: string }) {
  const { t } = useTranslation("reporting");
  const all = `/reports/funnel?from=${day}&to=${plusDays(day, 1)}&compare=none`;
  return (
    <Card
      title={t("topPartners")}
      flush
      actions={
        <span style={{ paddingInlineEnd: 6 }}>
          <Go to={all}>{t("allPartners")}</Go>
        </span>
      }
    >
      <PlainTable
        label={t("topPartners")}
        rows={report.topPartners}
        rowId={(one) => one.id}
        columns={[
          {
            id: "name",
            label: t("by.partner"),
            cell: (one) => (
              <Go to={`/partners/${one.id}`} quiet fw={500}>
                {one.name}
              </Go>
            ),
          },
          { id: "clicks", label: t("metric.clicks"), align: "end", cell: (one) => <NumberText value={one.clicks} /> },
          { id: "ftds", label: t("metric.ftds"), align: "end", cell: (one) => <NumberText value={one.ftds} /> },
        ]}
        empty={<EmptyState title={t("noClicksToday")} text={t("noClicksTodayText")} />}
      />
    </Card>
  );
}
