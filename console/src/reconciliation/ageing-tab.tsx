import type { Ageing } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

/** What is left over on both sides, by its age. */
export function AgeingTab() {
  const { t } = useTranslation("reconciliation");
  const ageing = useRecord<Ageing>("/reconciliation/ageing");
  return (
    <Loaded query={ageing}>
      {({ buckets }) => {
        if (buckets.length === 0) return <EmptyState title={t("nothingLeft")} text={t("nothingLeftText")} />;
        return [...Map.groupBy(buckets, (one) => one.currency)].map(([currency, rows]) => (
          <Card key={currency} title={`${t("tabs.ageing")} · ${currency}`} flush>
            <PlainTable
              label={`${t("tabs.ageing")} ${currency}`}
              rows={rows}
              rowId={(one) => one.bucket}
              columns={[
                { id: "bucket", label: t("age"), cell: (one) => t(`bucket.${one.bucket}`) },
                { id: "entries", label: t("entriesWithout"), align: "end", cell: (one) => one.entries },
                {
                  id: "entriesMinor",
                  label: t("amount"),
                  align: "end",
                  cell: (one) => <MoneyText money={{ minor: one.entriesMinor, currency }} signed />,
                },
                { id: "expected", label: t("payoutsUnseen"), align: "end", cell: (one) => one.expected },
                {
                  id: "expectedMinor",
                  label: t("amount"),
                  align: "end",
                  cell: (one) => <MoneyText money={{ minor: one.expectedMinor, currency }} signed />,
                },
              ]}
            />
          </Card>
        ));
      }}
    </Loaded>
  );
}
