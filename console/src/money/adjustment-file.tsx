import { Button, FileInput, Group, Stack } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import type { AdjustmentBatch, AdjustmentBatchRow } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useGo } from "../kit/link.tsx";
import { saveFile } from "../kit/list/csv.ts";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

const TEMPLATE = `partner,program,kind,currency,amount,month,reason_code,reason,evidence,line
acme,casino,correction,EUR,-12.50,2026-03,duplicate,Customer counted twice,https://tickets.example/8,
`;

/** A file of adjustments: looked at row by row, then proposed as a whole. */
export function AdjustmentFile() {
  const { t } = useTranslation("money");
  const [batch, setBatch] = useState<AdjustmentBatch | null>(null);
  const check = useChange<File, AdjustmentBatch>({
    send: (file) => api.upload("/adjustment-batches", file),
    refresh: [],
    done: setBatch,
  });
  return (
    <Page title={t("batch.title")} subtitle={t("batch.text")} parent={{ label: t("adjustments"), to: "/adjustments" }}>
      <Card
        title={t("batch.file")}
        actions={
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => saveFile("adjustments-template.csv", TEMPLATE)}
          >
            {t("batch.template")}
          </Button>
        }
      >
        <FileInput
          label={t("batch.choose")}
          accept=".csv,.xlsx"
          leftSection={<IconUpload size={14} />}
          onChange={(file) => (file === null ? undefined : check.mutate(file))}
        />
        {check.isError ? <ProblemLine error={check.error} /> : null}
      </Card>
      {batch === null ? null : <Preview batch={batch} />}
    </Page>
  );
}

function Preview({ batch }: { readonly batch: AdjustmentBatch }) {
  const { t } = useTranslation("money");
  const go = useGo();
  const propose = useChange<undefined, AdjustmentBatch>({
    send: () => api.post(`/adjustment-batches/${batch.id}/propose`, { leaveRefused: batch.refused > 0 }),
    refresh: ["adjustments", "audit"],
    done: () => go("/adjustments"),
  });
  return (
    <Stack gap={12}>
      <Figures>
        <Figure label={t("batch.good")} value={batch.good} />
        <Figure label={t("batch.refused")} value={batch.refused} />
        {batch.totals.map((total) => (
          <Figure
            key={total.currency}
            label={t("batch.total", { currency: total.currency })}
            value={<MoneyText money={{ minor: total.amount, currency: total.currency }} signed />}
          />
        ))}
      </Figures>
      <Rows rows={batch.rows} />
      {propose.isError ? <ProblemLine error={propose.error} /> : null}
      <Group>
        <Button disabled={batch.good === 0} loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
          {t(batch.refused > 0 ? "batch.proposeGood" : "batch.propose", { count: batch.good })}
        </Button>
      </Group>
    </Stack>
  );
}

/** Refused rows first: they are what has to be mended. */
function Rows({ rows }: { readonly rows: readonly AdjustmentBatchRow[] }) {
  const { t } = useTranslation("money");
  const sorted = rows.toSorted((a, b) => Number(b.problem !== null) - Number(a.problem !== null) || a.line - b.line);
  return (
    <Card title={t("batch.rows")} flush>
      <PlainTable
        label={t("batch.rows")}
        rows={sorted}
        rowId={(row) => String(row.line)}
        dense
        columns={[
          { id: "line", label: t("batch.line"), cell: (row) => row.line },
          {
            id: "partner",
            label: t("partner"),
            cell: (row) => (row.partnerId === null ? row.partner : <NameText id={row.partnerId} />),
          },
          { id: "kind", label: t("kind"), cell: (row) => row.kind },
          { id: "month", label: t("month"), cell: (row) => row.month },
          { id: "reason", label: t("reason"), cell: (row) => row.reason },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (row) =>
              row.amount === null ? "–" : <MoneyText money={{ minor: row.amount, currency: row.currency }} signed />,
          },
          {
            id: "problem",
            label: t("batch.problem"),
            cell: (row) =>
              row.problem === null ? t("batch.fine") : <span style={{ color: "var(--bad)" }}>{row.problem}</span>,
          },
        ]}
      />
    </Card>
  );
}
