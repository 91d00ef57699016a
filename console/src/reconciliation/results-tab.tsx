import type { Comparison, ComparisonResult, Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { CLASS_TONES, CLASSES } from "./states.ts";

/** Every conversion with its class; what differs first. */
export function ResultsTab({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation("reconciliation");
  return (
    <ListPanel<ComparisonResult>
      embedded
      name="comparison-results"
      title={t("tabs.results")}
      resource={`/reconciliation/comparisons/${comparison.id}/results`}
      rowId={(one) => one.id}
      open={(one) => `/reconciliation/results/${one.id}`}
      views={[
        {
          id: "differ",
          label: t("views.differ"),
          filters: { class: CLASSES.filter((name) => name !== "agrees").join(",") },
        },
        {
          id: "unanswered",
          label: t("views.unanswered"),
          filters: { class: CLASSES.filter((name) => name !== "agrees").join(","), answered: "no" },
        },
        { id: "all", label: t("views.all") },
      ]}
      filters={[
        {
          kind: "choice",
          field: "class",
          label: t("whatDiffers"),
          several: true,
          options: CLASSES.map((value) => ({ value, label: t(`class.${value}`) })),
        },
        {
          kind: "choice",
          field: "answered",
          label: t("answered"),
          options: ["yes", "no"].map((value) => ({ value, label: t(`answeredIs.${value}`) })),
        },
        {
          kind: "record",
          field: "partnerId",
          label: t("partner"),
          resource: "/partners",
          toOption: (partner: Partner) => ({ value: partner.id, label: partner.name }),
        },
      ]}
      columns={useColumns()}
      empty={{ title: t("allAgree"), text: t("allAgreeText") }}
    />
  );
}

function useColumns(): readonly Column<ComparisonResult>[] {
  const { t } = useTranslation("reconciliation");
  const side = (id: "tracked" | "office" | "claim"): Column<ComparisonResult> => ({
    id,
    label: t(`side.${id}`),
    cell: (one) => <MoneyText money={one[id] === null ? null : { minor: one[id], currency: one.currency }} />,
    text: (one) => one[id],
    align: "end",
    width: 120,
    ...(id === "tracked" && { phone: "value" as const }),
  });
  const difference = (id: "officeDifference" | "claimDifference"): Column<ComparisonResult> => ({
    id,
    label: t(id),
    cell: (one) => (
      <MoneyText
        money={one[id] === null || one[id] === "0" ? null : { minor: one[id], currency: one.currency }}
        signed
      />
    ),
    text: (one) => one[id],
    align: "end",
    width: 120,
  });
  return [
    {
      id: "reference",
      label: t("conversion"),
      cell: (one) => one.reference,
      text: (one) => one.reference,
      phone: "title",
    },
    {
      id: "class",
      label: t("whatDiffers"),
      cell: (one) => <StatusBadge state={one.class} label={t(`class.${one.class}`)} tones={CLASS_TONES} plain />,
      text: (one) => one.class,
      width: 190,
      phone: "line",
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
      id: "partner",
      label: t("partner"),
      cell: (one) => (one.partnerId === null ? t("nobody") : <NameText id={one.partnerId} />),
      text: (one) => one.partnerId,
      width: 160,
    },
    side("tracked"),
    side("office"),
    side("claim"),
    difference("officeDifference"),
    difference("claimDifference"),
    {
      id: "done",
      label: t("answered"),
      cell: (one) => (one.adjustmentId !== null ? t("hasAdjustment") : one.itemId !== null ? t("hasItem") : "–"),
      text: (one) => one.adjustmentId ?? one.itemId,
      width: 130,
    },
  ];
}
