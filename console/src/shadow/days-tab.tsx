import type { ShadowDay, ShadowPartnerTotal } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";

type Sums = Omit<ShadowDay, "day"> | Omit<ShadowPartnerTotal, "partnerId">;

/** Columns that days and partners have in common. */
export function useSumColumns<T extends Sums>(): readonly Column<T>[] {
  const { t } = useTranslation("shadow");
  const format = useFormat();
  const count = (id: "theirs" | "ours"): Column<T> => ({
    id,
    label: t(id),
    cell: (one) => format.number(one[id]),
    text: (one) => one[id],
    align: "end",
    width: 100,
  });
  const amounts = (id: "theirs" | "ours"): Column<T> => ({
    id: `${id}Amount`,
    label: t(`${id}Amount`),
    cell: (one) => <Amounts of={one} side={id} />,
    align: "end",
    width: 180,
    phone: "line",
  });
  return [
    {
      id: "agreement",
      label: t("agreement"),
      cell: (one) => (one.compared === 0 ? "–" : format.share(one.agreed / one.compared)),
      text: (one) => (one.compared === 0 ? null : one.agreed / one.compared),
      align: "end",
      width: 130,
      phone: "value",
    },
    count("theirs"),
    count("ours"),
    amounts("theirs"),
    amounts("ours"),
  ];
}

function Amounts({ of, side }: { readonly of: Sums; readonly side: "theirs" | "ours" }) {
  if (of.amounts.length === 0) return "–";
  return of.amounts.map((one, at) => (
    <span key={one.theirs.currency}>
      {at === 0 ? null : " · "}
      <MoneyText money={one[side]} display="code" />
    </span>
  ));
}

/** Sums of every day that was compared, the newest first. */
export function DaysTab({ id }: { readonly id: string }) {
  const { t } = useTranslation("shadow");
  const columns = useSumColumns<ShadowDay>();
  return (
    <ListPanel<ShadowDay>
      embedded
      name="shadow-days"
      title={t("tabs.days")}
      resource={`/shadows/${id}/days`}
      rowId={(one) => one.day}
      columns={[
        {
          id: "day",
          label: t("day"),
          cell: (one) => <DayText day={one.day} />,
          text: (one) => one.day,
          phone: "title",
        },
        ...columns,
      ]}
      empty={{ title: t("notCompared"), text: t("noDataText") }}
    />
  );
}
