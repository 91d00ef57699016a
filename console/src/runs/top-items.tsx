import type { RunDetail, RunItem } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { Go } from "../kit/link.tsx";
import { MoneyText, ShareText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { MarkList } from "./mark-list.tsx";

/** The ten largest amounts: where most of the money is. */
export function TopItems({ run, currency }: { readonly run: RunDetail; readonly currency: string | undefined }) {
  const { t } = useTranslation("runs");
  const query = { limit: 10, sort: "-toPay", ...(currency === undefined ? {} : { currency }) };
  const top = useRecord<Page<RunItem>>(`/runs/${run.id}/items`, query);
  return (
    <Card title={t("topTen")} flush>
      <PlainTable
        dense
        label={t("topTen")}
        rows={top.data?.data ?? []}
        rowId={(item) => item.id}
        columns={[
          {
            id: "partner",
            label: t("partner"),
            cell: (item) => (
              <Go quiet to={`/runs/${run.id}/partners/${item.id}`}>
                <NameText id={item.partnerId} />
              </Go>
            ),
          },
          {
            id: "toPay",
            label: t("toPay"),
            align: "end",
            cell: (item) => <MoneyText money={{ minor: item.toPay, currency: item.currency }} signed />,
          },
          {
            id: "change",
            label: t("change"),
            align: "end",
            cell: (item) => <MoneyText money={{ minor: item.change, currency: item.currency }} signed />,
          },
          {
            id: "share",
            label: t("changeShare"),
            align: "end",
            cell: (item) => <ShareText share={item.changePercent === null ? null : item.changePercent / 100} />,
          },
          { id: "marks", label: t("marksTitle"), cell: (item) => <MarkList marks={item.marks} /> },
        ]}
      />
    </Card>
  );
}
