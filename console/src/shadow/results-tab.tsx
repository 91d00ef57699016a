import type { Partner, Shadow, ShadowResult, ShadowSide } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { CLASS_TONES, CLASSES } from "./states.ts";

/** Every conversion that the two sides do not agree about, with filters; what agrees on request. */
export function ResultsTab({ shadow }: { readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  return (
    <ListPanel<ShadowResult>
      embedded
      name="shadow-results"
      title={t("tabs.results")}
      resource={`/shadows/${shadow.id}/results`}
      rowId={(one) => one.id}
      open={(one) => `/shadow-results/${one.id}`}
      filters={[
        {
          kind: "choice",
          field: "class",
          label: t("what"),
          several: true,
          options: CLASSES.map((value) => ({ value, label: t(`class.${value}`) })),
        },
        {
          kind: "record",
          field: "partnerId",
          label: t("partner"),
          resource: "/partners",
          toOption: (partner: Partner) => ({ value: partner.id, label: partner.name }),
        },
      ]}
      search={t("searchResults")}
      columns={useColumns()}
      empty={{ title: t("nothing"), text: t("nothingText") }}
    />
  );
}

function useColumns(): readonly Column<ShadowResult>[] {
  const { t } = useTranslation("shadow");
  return [
    {
      id: "class",
      label: t("what"),
      cell: (one) => <StatusBadge state={one.class} label={t(`class.${one.class}`)} tones={CLASS_TONES} plain />,
      text: (one) => one.class,
      phone: "title",
    },
    {
      id: "day",
      label: t("day"),
      cell: (one) => <DayText day={one.day} />,
      text: (one) => one.day,
      width: 110,
      phone: "line",
    },
    {
      id: "order",
      label: t("order"),
      cell: (one) => one.theirs?.orderId ?? one.ours?.orderId ?? "–",
      text: (one) => one.theirs?.orderId ?? one.ours?.orderId,
      width: 170,
      phone: "line",
    },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => (one.partnerId === null ? one.theirs?.partner || t("nobody") : <NameText id={one.partnerId} />),
      text: (one) => one.partnerId ?? one.theirs?.partner,
      width: 160,
    },
    sideColumn("theirs", t("theirs")),
    { ...sideColumn("ours", t("ours")), phone: "value" },
    {
      id: "matchedBy",
      label: t("matchedBy"),
      cell: (one) => (one.matchedBy === null ? "–" : t(`match.${one.matchedBy}`)),
      text: (one) => one.matchedBy,
      width: 140,
    },
    {
      id: "at",
      label: t("time"),
      cell: (one) => <DateText at={(one.ours ?? one.theirs)?.occurredAt} />,
      text: (one) => (one.ours ?? one.theirs)?.occurredAt,
      align: "end",
      width: 160,
      hidden: true,
    },
  ];
}

function sideColumn(id: "theirs" | "ours", label: string): Column<ShadowResult> {
  return {
    id,
    label,
    cell: (one) => <Amount side={one[id]} />,
    text: (one) => amountText(one[id]),
    align: "end",
    width: 130,
  };
}

function Amount({ side }: { readonly side: ShadowSide | null }) {
  const { t } = useTranslation("shadow");
  if (side === null) return <span>{t("none")}</span>;
  if (side.amount === null || side.currency === null) return <span>–</span>;
  return <MoneyText money={{ minor: side.amount, currency: side.currency }} display="code" />;
}

function amountText(side: ShadowSide | null): string | null {
  return side?.amount == null || side.currency === null
    ? null
    : plainAmount({ minor: side.amount, currency: side.currency });
}
