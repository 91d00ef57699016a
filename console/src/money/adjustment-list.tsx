import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { type Adjustment, NewAdjustment } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { amountOf } from "./minor.ts";

const TONES = { declined: "bad" } as const;

export function AdjustmentList() {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("statements.write") ? (
    <Button onClick={() => go("/adjustments?new=1")}>{t("createAdjustment")}</Button>
  ) : undefined;
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
        ]}
        columns={useAdjustmentColumns()}
        preview={(one) => <Decide adjustment={one} />}
        empty={{ title: t("emptyAdjustments"), text: t("emptyAdjustmentsText"), action: create }}
        actions={create}
      />
      <AdjustmentForm opened={search.new === "1"} onClose={() => go("/adjustments")} />
    </>
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
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`adjustmentState.${one.status}`)} tones={TONES} />,
      text: (one) => one.status,
      width: 130,
      phone: "line",
    },
    {
      id: "kind",
      label: t("kind"),
      cell: (one) => t(`adjustmentKind.${one.kind}`),
      text: (one) => one.kind,
      width: 150,
    },
    {
      id: "reason",
      label: t("reason"),
      cell: (one) => one.reason,
      text: (one) => one.reason,
      width: 300,
      phone: "line",
    },
    {
      id: "month",
      label: t("month"),
      cell: (one) => <DayText day={one.month} />,
      text: (one) => one.month,
      width: 120,
    },
    {
      id: "by",
      label: t("proposedBy"),
      cell: (one) => <NameText id={one.proposedBy} />,
      text: (one) => one.proposedBy,
      width: 150,
    },
    { id: "decide", label: t("decision"), cell: (one) => <Decide adjustment={one} />, width: 220 },
    {
      id: "amount",
      label: t("amount"),
      cell: (one) => <MoneyText money={amountOf(one, one.amount)} signed />,
      text: (one) => one.amount,
      width: 140,
      align: "end",
      phone: "value",
    },
  ];
}

/** Another person than the proposer decides. */
function Decide({ adjustment }: { readonly adjustment: Adjustment }) {
  const { t } = useTranslation("money");
  const { can, me } = useSession();
  const decide = useChange({
    send: (verb: "approve" | "decline") => api.post(`/adjustments/${adjustment.id}/${verb}`),
    refresh: ["adjustments", "statements", "ledger", "audit"],
  });
  if (adjustment.status !== "proposed") return <NameText id={adjustment.decidedBy} />;
  if (!can("statements.approve") || adjustment.proposedBy === me.id) return <>{t("waitsForOther")}</>;
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="compact-xs" loading={decide.isPending} onClick={() => decide.mutate("approve")}>
        {t("approve")}
      </Button>
      <Button size="compact-xs" variant="default" loading={decide.isPending} onClick={() => decide.mutate("decline")}>
        {t("decline")}
      </Button>
    </Group>
  );
}

const AdjustmentEntry = NewAdjustment.omit({ currency: true, amount: true, lineKey: true }).extend({
  money: z.object({ minor: NewAdjustment.shape.amount, currency: NewAdjustment.shape.currency }),
});

function AdjustmentForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("money");
  const { programs, program } = useSession();
  const first = program ?? programs[0];
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("createAdjustment")}
      submit={t("propose")}
      schema={AdjustmentEntry}
      initial={{
        partnerId: "",
        programId: first?.id ?? "",
        month: new Date().toISOString().slice(0, 7),
        reason: "",
        money: { minor: "", currency: first?.currency ?? "EUR" },
      }}
      draft="adjustment-new"
      fields={[
        {
          kind: "record",
          name: "partnerId",
          label: t("partner"),
          required: true,
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "select",
          name: "programId",
          label: t("program"),
          required: true,
          half: true,
          options: programs.map((one) => ({ value: one.id, label: one.name })),
        },
        { kind: "month", name: "month", label: t("month"), required: true, half: true },
        {
          kind: "money",
          name: "money",
          label: t("amount"),
          hint: t("amountHint"),
          required: true,
          currency: (values) => programs.find((one) => one.id === values.programId)?.currency ?? "EUR",
        },
        { kind: "textarea", name: "reason", label: t("reason"), required: true, rows: 3 },
      ]}
      send={(values, key) => {
        const { money, ...rest } = AdjustmentEntry.parse(values);
        return api.post<Adjustment>("/adjustments", { ...rest, currency: money.currency, amount: money.minor }, key);
      }}
      done={() => undefined}
      refresh={["adjustments", "audit"]}
    />
  );
}
