import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Adjustment } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { AdjustmentPreview, Decide } from "./adjustment-decide.tsx";
import { AdjustmentForm } from "./adjustment-form.tsx";
import { DecideMany } from "./decide-many.tsx";
import { amountOf } from "./minor.ts";

const TONES = { declined: "bad" } as const;
const KINDS = ["correction", "bonus", "release", "write_off", "set_off", "reserve", "reserve_release"] as const;

export function AdjustmentList() {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const [chosen, setChosen] = useState<{ readonly rows: readonly Adjustment[]; readonly done: () => void } | null>(
    null,
  );
  const decide = {
    id: "approve",
    label: t("adjust.approveMany"),
    run: (rows: readonly Adjustment[], done: () => void) => setChosen({ rows, done }),
  };
  return (
    <>
      <ListPage<Adjustment>
        name="adjustments"
        title={t("adjustments")}
        resource="/adjustments"
        rowId={(one) => one.id}
        views={[
          { id: "all", label: t("views.all") },
          { id: "waiting", label: t("views.toApprove"), filters: { status: "proposed" } },
          { id: "clean", label: t("adjust.clean"), filters: { status: "proposed", clean: "true" } },
        ]}
        filters={[
          {
            kind: "choice",
            field: "kind",
            label: t("kind"),
            options: KINDS.map((value) => ({ value, label: t(`adjustmentKind.${value}`) })),
          },
          {
            kind: "record",
            field: "partnerId",
            label: t("partner"),
            resource: "/partners",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
          { kind: "text", field: "batchId", label: t("adjust.batch"), placeholder: "adb_…" },
        ]}
        columns={useAdjustmentColumns()}
        preview={(one) => <AdjustmentPreview adjustment={one} />}
        {...(can("ledger.approve") ? { bulk: [decide] } : {})}
        empty={{ title: t("emptyAdjustments"), text: t("emptyAdjustmentsText"), action: <Actions /> }}
        actions={<Actions />}
      />
      <AdjustmentForm opened={search.new === "1"} onClose={() => go("/adjustments")} />
      <DecideMany chosen={chosen} onClose={() => setChosen(null)} />
    </>
  );
}

function Actions() {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const go = useGo();
  const link = (to: string, label: string) => (
    <Button variant="default" onClick={() => go(to)}>
      {label}
    </Button>
  );
  return (
    <Group gap="xs">
      {link("/adjustments/rules", t("rules.title"))}
      {link("/adjustments/reasons", t("reasons.title"))}
      {can("ledger.write") ? link("/adjustments/file", t("batch.short")) : null}
      {can("ledger.write") ? <Button onClick={() => go("/adjustments?new=1")}>{t("createAdjustment")}</Button> : null}
    </Group>
  );
}

function useAdjustmentColumns(): readonly Column<Adjustment>[] {
  const { t } = useTranslation("money");
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      phone: "title",
    },
    {
      id: "kind",
      label: t("kind"),
      cell: (one) => t(`adjustmentKind.${one.kind}`),
      text: (one) => one.kind,
      width: 125,
      phone: "line",
    },
    {
      id: "reason",
      label: t("reason"),
      cell: (one) => one.reason,
      text: (one) => one.reason,
      width: 220,
      phone: "line",
    },
    {
      id: "month",
      label: t("month"),
      cell: (one) => <DayText day={one.month} />,
      text: (one) => one.month,
      width: 130,
    },
    {
      id: "warnings",
      label: t("adjust.warnings"),
      cell: (one) => one.warnings.map((name) => t(`adjust.warning.${name}`)).join(", ") || "–",
      text: (one) => one.warnings.join(" "),
      width: 125,
    },
    {
      id: "amount",
      label: t("amount"),
      cell: (one) => <MoneyText money={amountOf(one, one.amount)} signed />,
      text: (one) => one.amount,
      width: 115,
      align: "end",
      phone: "value",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`adjustmentState.${one.status}`)} tones={TONES} />,
      text: (one) => one.status,
      width: 115,
      phone: "line",
    },
    { id: "decide", label: t("decision"), cell: (one) => <Decide adjustment={one} />, width: 170 },
    {
      id: "by",
      label: t("proposedBy"),
      cell: (one) => <NameText id={one.proposedBy} />,
      text: (one) => one.proposedBy,
      width: 150,
      hidden: true,
    },
  ];
}
