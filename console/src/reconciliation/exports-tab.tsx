import { Button } from "@mantine/core";
import { type JournalExport, NewJournalExport } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { AgoText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { useSession } from "../session/session.tsx";
import { lastMonthEnd, today } from "./month-ends.ts";

const FORMATS = ["csv", "datev", "xero"] as const;
const DETAILS = ["days", "months", "transfers"] as const;

/** What accounting was given, each booking once. */
export function ExportsTab() {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const [open, setOpen] = useState(false);
  return (
    <>
      <NoteLine tone="info">{t("exportNote")}</NoteLine>
      <ListPanel<JournalExport>
        embedded
        name="journal-exports"
        title={t("tabs.exports")}
        resource="/accounting/exports"
        rowId={(one) => one.id}
        actions={can("ledger.write") ? <Button onClick={() => setOpen(true)}>{t("newExport")}</Button> : undefined}
        columns={useColumns()}
        empty={{ title: t("noExports"), text: t("noExportsText") }}
      />
      {open ? <NewExport onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function NewExport({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("reconciliation");
  const initial: NewJournalExport = { format: "csv", detail: "days", through: lastMonthEnd(today()).slice(0, 7) };
  return (
    <FormDialog<NewJournalExport, JournalExport>
      opened
      onClose={onClose}
      title={t("newExport")}
      submit={t("newExport")}
      schema={NewJournalExport}
      initial={initial}
      fields={[
        {
          kind: "select",
          name: "format",
          label: t("format"),
          required: true,
          half: true,
          options: FORMATS.map((value) => ({ value, label: t(`exportFormat.${value}`) })),
        },
        {
          kind: "select",
          name: "detail",
          label: t("detail"),
          required: true,
          half: true,
          options: DETAILS.map((value) => ({ value, label: t(`detailIs.${value}`) })),
        },
        {
          kind: "month",
          name: "through",
          label: t("throughMonth"),
          hint: t("throughHint"),
          required: true,
          half: true,
        },
      ]}
      send={(values) => api.post<JournalExport>("/accounting/exports", values)}
      done={() => undefined}
      refresh={["accounting", "audit"]}
    />
  );
}

function useColumns(): readonly Column<JournalExport>[] {
  const { t } = useTranslation("reconciliation");
  return [
    {
      id: "through",
      label: t("throughMonth"),
      cell: (one) => one.through,
      text: (one) => one.through,
      width: 110,
      phone: "title",
    },
    {
      id: "format",
      label: t("format"),
      cell: (one) => t(`exportFormat.${one.format}`),
      text: (one) => one.format,
      phone: "line",
    },
    {
      id: "detail",
      label: t("detail"),
      cell: (one) => t(`detailIs.${one.detail}`),
      text: (one) => one.detail,
      width: 150,
    },
    {
      id: "transfers",
      label: t("bookings"),
      cell: (one) => one.transfers,
      text: (one) => one.transfers,
      align: "end",
      width: 110,
      phone: "value",
    },
    {
      id: "totals",
      label: t("debit"),
      cell: (one) =>
        one.totals.map((total) => (
          <div key={total.currency}>
            <MoneyText money={{ minor: total.debit, currency: total.currency }} />
          </div>
        )),
      text: (one) => one.totals.map((total) => `${total.debit} ${total.currency}`).join(" "),
      align: "end",
      width: 160,
    },
    {
      id: "openPeriods",
      label: t("stillOpen"),
      cell: (one) => (one.openPeriods.length === 0 ? t("allClosed") : one.openPeriods.length),
      text: (one) => one.openPeriods.join(" "),
      align: "end",
      width: 130,
    },
    ...useProofColumns(),
  ];
}

/** By what an export is known, and the file itself. */
function useProofColumns(): readonly Column<JournalExport>[] {
  const { t } = useTranslation("reconciliation");
  return [
    {
      id: "hash",
      label: "SHA-256",
      cell: (one) => <code>{one.hash.slice(0, 12)}</code>,
      text: (one) => one.hash,
      width: 130,
    },
    {
      id: "at",
      label: t("madeAt"),
      cell: (one) => <AgoText at={one.createdAt} />,
      text: (one) => one.createdAt,
      align: "end",
      width: 130,
    },
    {
      id: "file",
      label: t("file"),
      cell: (one) => (
        <a href={`/v1/accounting/exports/${one.id}/file`} download>
          {t("download")}
        </a>
      ),
      text: (one) => one.id,
      width: 110,
      phone: "line",
    },
  ];
}
