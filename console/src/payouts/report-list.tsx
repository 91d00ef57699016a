import { Button, FileButton } from "@mantine/core";
import { type PayoutReport, UnmatchedDecision, type UnmatchedStatus } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const REFRESH = ["payout-reports", "payout-unknown", "payouts", "payout-batches", "statements", "audit"] as const;

/** What banks and providers wrote about payouts; what nobody can be matched with waits on top. */
export function ReportList() {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const upload = useChange<File, PayoutReport>({
    send: (file) => api.upload<PayoutReport>("/payout-reports", file),
    refresh: REFRESH,
  });
  const take = (file: File | null) => (file === null ? undefined : upload.mutate(file));
  return (
    <ListPage<PayoutReport>
      name="payout-reports"
      title={t("reports")}
      resource="/payout-reports"
      rowId={(one) => one.id}
      actions={
        can("payouts.write") ? (
          <FileButton onChange={take}>
            {(button) => (
              <Button {...button} loading={upload.isPending}>
                {t("upload")}
              </Button>
            )}
          </FileButton>
        ) : undefined
      }
      above={
        <>
          {upload.isError ? <ProblemLine error={upload.error} /> : null}
          <Unknown />
        </>
      }
      columns={useColumns()}
      empty={{ title: t("noReports"), text: t("noReportsText") }}
    />
  );
}

function useColumns(): readonly Column<PayoutReport>[] {
  const { t } = useTranslation("payouts");
  const count = (id: "statuses" | "applied" | "unknown"): Column<PayoutReport> => ({
    id,
    label: t(`reportCounts.${id}`),
    cell: (one) => one[id],
    text: (one) => one[id],
    align: "end",
    width: 110,
  });
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title", width: 260 },
    {
      id: "format",
      label: t("format"),
      cell: (one) => one.format,
      text: (one) => one.format,
      width: 160,
      phone: "line",
    },
    {
      id: "at",
      label: t("at"),
      cell: (one) => <DateText at={one.receivedAt} />,
      text: (one) => one.receivedAt,
      width: 170,
      phone: "value",
    },
    count("statuses"),
    count("applied"),
    count("unknown"),
  ];
}

function Unknown() {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const [asked, setAsked] = useState<UnmatchedStatus | null>(null);
  const waiting = useRecord<Page<UnmatchedStatus>>("/payout-unknown", { state: "waiting", limit: 1 });
  if ((waiting.data?.data ?? []).length === 0) return null;
  return (
    <div style={{ padding: "12px 20px 0" }}>
      <Card title={t("unknown")} flush>
        <ListPanel<UnmatchedStatus>
          embedded
          name="payout-unknown"
          title={t("unknown")}
          resource="/payout-unknown"
          fixed={{ state: "waiting" }}
          rowId={(one) => one.id}
          columns={[
            {
              id: "sentence",
              label: t("told"),
              cell: (one) => one.sentence || one.status,
              text: (one) => one.sentence,
              width: 420,
              phone: "title",
            },
            {
              id: "status",
              label: t("state"),
              cell: (one) => <StatusBadge state={one.status} label={t(`toldState.${one.status}`)} />,
              text: (one) => one.status,
              width: 120,
            },
            {
              id: "references",
              label: t("references"),
              cell: (one) => Object.values(one.references).join(" · "),
              text: (one) => Object.values(one.references).join(" "),
              width: 280,
              phone: "line",
            },
            {
              id: "amount",
              label: t("amount"),
              cell: (one) => (one.amount === null ? "–" : <MoneyText money={one.amount} />),
              align: "end",
              width: 130,
            },
            {
              id: "act",
              label: t("actions"),
              cell: (one) =>
                can("payouts.approve") ? (
                  <Button size="xs" variant="default" onClick={() => setAsked(one)}>
                    {t("decide")}
                  </Button>
                ) : null,
              width: 120,
            },
          ]}
          empty={{ title: t("noUnknown"), text: t("noUnknownText") }}
        />
      </Card>
      {asked === null ? null : <DecideDialog status={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

function DecideDialog({ status, onClose }: { readonly status: UnmatchedStatus; readonly onClose: () => void }) {
  const { t } = useTranslation("payouts");
  return (
    <FormDialog<{ payoutId: string; note: string }, UnmatchedStatus>
      opened
      onClose={onClose}
      title={t("decide")}
      submit={t("decide")}
      schema={UnmatchedDecision as never}
      initial={{ payoutId: "", note: "" }}
      fields={[
        { kind: "note", name: "what", label: "", content: status.sentence },
        { kind: "text", name: "payoutId", label: t("meantPayout"), hint: t("meantHint"), placeholder: "pay_…" },
        { kind: "textarea", name: "note", label: t("why"), rows: 2, required: true },
      ]}
      send={({ payoutId, note }) => {
        const meant = payoutId.trim() === "" ? null : payoutId.trim().replace("-", "_");
        return api.post<UnmatchedStatus>(`/payout-unknown/${status.id}/decision`, { payoutId: meant, note });
      }}
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}
