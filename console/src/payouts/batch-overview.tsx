import { Button, Group, Stack } from "@mantine/core";
import type { DispatchProblem, PayoutBatch, PayoutDispatch } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DISPATCH_TONES, TOUCHED } from "./states.ts";

/** What a batch comes to, by currency and method, and how it leaves. */
export function BatchOverview({ batch }: { readonly batch: PayoutBatch }) {
  const { t } = useTranslation("payouts");
  return (
    <Stack gap="md">
      <Card title={t("totals")}>
        <PlainTable
          label={t("totals")}
          rows={batch.totals}
          rowId={(one) => `${one.currency} ${one.method}`}
          columns={[
            { id: "method", label: t("method"), cell: (one) => t(`methods.${one.method}`) },
            { id: "currency", label: t("currency"), cell: (one) => one.currency },
            { id: "payouts", label: t("title"), cell: (one) => one.payouts, align: "end" },
            {
              id: "total",
              label: t("total"),
              cell: (one) => <MoneyText money={{ minor: one.total, currency: one.currency }} />,
              align: "end",
            },
          ]}
          empty={<p>{t("nothingPaid")}</p>}
        />
        <p>
          {t("controlSum")}: <code>{batch.controlSum || "–"}</code>
        </p>
      </Card>
      <Card title={t("states")}>
        <PlainTable
          label={t("states")}
          rows={Object.entries(batch.counts)}
          rowId={([state]) => state}
          columns={[
            { id: "state", label: t("state"), cell: ([state]) => t(`payoutState.${state}`) },
            { id: "count", label: t("title"), cell: ([, count]) => count, align: "end" },
          ]}
        />
      </Card>
      {batch.dispatches.length === 0 ? null : <Dispatches batch={batch} />}
    </Stack>
  );
}

function Dispatches({ batch }: { readonly batch: PayoutBatch }) {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  return (
    <Card title={t("dispatches")}>
      <PlainTable<PayoutDispatch>
        label={t("dispatches")}
        rows={batch.dispatches}
        rowId={(one) => one.id}
        columns={[
          { id: "source", label: t("account"), cell: (one) => one.sourceName },
          { id: "format", label: t("way"), cell: (one) => one.format ?? t("api") },
          {
            id: "state",
            label: t("state"),
            cell: (one) => (
              <StatusBadge state={one.state} label={t(`dispatchState.${one.state}`)} tones={DISPATCH_TONES} />
            ),
          },
          { id: "payouts", label: t("title"), cell: (one) => one.payouts, align: "end" },
          {
            id: "total",
            label: t("total"),
            cell: (one) => <MoneyText money={{ minor: one.total, currency: one.currency }} />,
            align: "end",
          },
          {
            id: "note",
            label: t("note"),
            cell: (one) =>
              one.problem !== null ? (
                <DispatchProblemText problem={one.problem} />
              ) : one.file?.fetchedAt == null ? (
                (one.providerReference ?? "")
              ) : (
                <>
                  {format.instant(one.file.fetchedAt, "minute")} <NameText id={one.file.fetchedBy} />
                </>
              ),
          },
          { id: "act", label: t("actions"), cell: (one) => <DispatchActions dispatch={one} /> },
        ]}
      />
    </Card>
  );
}

/** Why it waits or failed; behind it, as it was said, what only whoever looks into it needs. */
function DispatchProblemText({ problem }: { readonly problem: DispatchProblem }) {
  const { t } = useTranslation("payouts");
  return <span title={problem.detail}>{t(`dispatchProblem.${problem.code}`)}</span>;
}

function DispatchActions({ dispatch }: { readonly dispatch: PayoutDispatch }) {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const retry = useChange({ send: () => api.post(`/payout-dispatches/${dispatch.id}/retry`), refresh: TOUCHED });
  const giveUp = useChange({ send: () => api.post(`/payout-dispatches/${dispatch.id}/give-up`), refresh: TOUCHED });
  if (dispatch.file !== null && can("payouts.write"))
    return (
      <Button
        component="a"
        size="xs"
        variant="default"
        href={`/v1/payout-dispatches/${dispatch.id}/file`}
        download={dispatch.file.name}
        title={`${dispatch.file.name} · SHA-256 ${dispatch.file.sha256}`}
      >
        {t("download")}
      </Button>
    );
  if (dispatch.state !== "failed") return null;
  return (
    <Group gap="xs">
      {can("payouts.write") ? (
        <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
          {t("retry")}
        </Button>
      ) : null}
      {can("payouts.approve") ? (
        <Button size="xs" variant="default" loading={giveUp.isPending} onClick={() => giveUp.mutate(undefined)}>
          {t("giveUp")}
        </Button>
      ) : null}
    </Group>
  );
}
