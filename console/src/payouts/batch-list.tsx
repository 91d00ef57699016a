import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { NewPayoutBatch, type PayoutBatch } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useFormat } from "../i18n/use-format.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { BATCH_TONES, TOUCHED } from "./states.ts";
import { TotalsText } from "./totals-text.tsx";

/** Payout batches: what was, is and will be paid, in the order in which they were put together. */
export function BatchList() {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const search: Record<string, string> = useSearch({ strict: false });
  const [asked, setAsked] = useState(search.new === "1");
  return (
    <>
      <ListPage<PayoutBatch>
        name="payout-batches"
        title={t("batches")}
        resource="/payout-batches"
        rowId={(one) => one.id}
        open={(one) => `/payout-batches/${one.id}`}
        liveSeconds={30}
        actions={can("payouts.write") ? <Button onClick={() => setAsked(true)}>{t("newBatch")}</Button> : undefined}
        views={[
          { id: "all", label: t("views.all") },
          { id: "prepared", label: t("views.prepared"), filters: { state: "prepared" } },
          { id: "going", label: t("views.going"), filters: { state: "released" } },
        ]}
        columns={useColumns()}
        empty={{ title: t("noBatches"), text: t("noBatchesText") }}
      />
      <NewBatchDialog opened={asked} onClose={() => setAsked(false)} />
    </>
  );
}

function useColumns(): readonly Column<PayoutBatch>[] {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title", width: 240 },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`batchState.${one.state}`)} tones={BATCH_TONES} />,
      text: (one) => one.state,
      width: 150,
      phone: "value",
    },
    {
      id: "total",
      label: t("total"),
      cell: (one) => <TotalsText totals={one.totals} />,
      text: (one) => one.controlSum,
      align: "end",
      width: 190,
      phone: "line",
    },
    {
      id: "payouts",
      label: t("title"),
      cell: (one) => one.totals.reduce((sum, total) => sum + total.payouts, 0),
      text: (one) => one.totals.reduce((sum, total) => sum + total.payouts, 0),
      align: "end",
      width: 100,
    },
    {
      id: "held",
      label: t("payoutState.held"),
      cell: (one) => one.counts.held ?? 0,
      text: (one) => one.counts.held ?? 0,
      align: "end",
      width: 100,
    },
    {
      id: "day",
      label: t("executionDate"),
      cell: (one) => format.day(one.executionDate),
      text: (one) => one.executionDate,
      align: "end",
      width: 130,
    },
    {
      id: "prepared",
      label: t("preparedBy"),
      cell: (one) => <NameText id={one.preparedBy} />,
      text: (one) => one.preparedBy,
      width: 150,
    },
    {
      id: "released",
      label: t("releasedBy"),
      cell: (one) => <NameText id={one.releasedBy} />,
      text: (one) => one.releasedBy,
      width: 150,
    },
  ];
}

function NewBatchDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("payouts");
  const go = useGo();
  return (
    <FormDialog<NewPayoutBatch, PayoutBatch>
      opened={opened}
      onClose={onClose}
      title={t("newBatch")}
      submit={t("prepare")}
      schema={NewPayoutBatch}
      initial={{ name: "", executionDate: "", untilMonth: null, currencies: [], methods: [], partnerIds: [] }}
      fields={[
        { kind: "note", name: "note", label: "", content: t("prepareText") },
        { kind: "text", name: "name", label: t("name"), placeholder: t("nameExample"), required: true },
        { kind: "day", name: "executionDate", label: t("executionDate"), hint: t("executionHint"), required: true },
      ]}
      send={(values, key) => api.post<PayoutBatch>("/payout-batches", values, key)}
      done={(batch) => go(`/payout-batches/${batch.id}`)}
      refresh={TOUCHED}
    />
  );
}
