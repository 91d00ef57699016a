import { PAYOUT_STATES, type Payout, type PayoutBatch } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import type { Column, View } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { PAYOUT_TONES, TOUCHED } from "./states.ts";

/** All payouts of all batches. */
export function PayoutList() {
  const { t } = useTranslation("payouts");
  return (
    <ListPage<Payout>
      {...useDeclaration()}
      title={t("title")}
      views={[
        { id: "all", label: t("views.all") },
        { id: "way", label: t("views.way"), filters: { state: "released,sent,accepted" } },
        { id: "back", label: t("views.back"), filters: { state: "rejected,returned" } },
      ]}
    />
  );
}

interface PanelProps {
  readonly fixed: Readonly<Record<string, string>>;
  readonly views: readonly View[];
  readonly batch: PayoutBatch;
}

/** The payouts of a batch; while it is prepared they are taken out of it and in again. */
export function PayoutPanel({ fixed, views, batch }: PanelProps) {
  const { t } = useTranslation("payouts");
  const [asked, setAsked] = useState<{ readonly rows: readonly Payout[]; readonly done: () => void } | null>(null);
  const answer = (exclude: boolean, rows: readonly Payout[], reason: string) =>
    api.post(`/payout-batches/${batch.id}/exclusions`, {
      revision: batch.revision,
      payoutIds: rows.map((one) => one.id),
      exclude,
      reason,
    });
  const isOut = asked?.rows.every((one) => one.state === "excluded") ?? false;
  const bulk = {
    id: "exclude",
    label: t("excludeOrInclude"),
    run: (rows: readonly Payout[], done: () => void) => setAsked({ rows, done }),
  };
  return (
    <>
      <ListPanel<Payout>
        {...useDeclaration()}
        embedded
        title={t("title")}
        fixed={fixed}
        views={[{ id: "all", label: t("views.all") }, ...views]}
        {...(batch.state === "prepared" ? { bulk: [bulk] } : {})}
      />
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t(isOut ? "include" : "exclude")}
        text={t(isOut ? "includeText" : "excludeText", { count: asked?.rows.length ?? 0 })}
        action={t(isOut ? "include" : "exclude")}
        reason={isOut ? "optional" : "required"}
        send={(reason) => answer(!isOut, asked?.rows ?? [], reason)}
        done={() => asked?.done()}
        refresh={TOUCHED}
      />
    </>
  );
}

function useDeclaration() {
  const { t } = useTranslation("payouts");
  const options = PAYOUT_STATES.map((value) => ({ value, label: t(`payoutState.${value}`) }));
  return {
    name: "payouts",
    resource: "/payouts",
    rowId: (one: Payout) => one.id,
    open: (one: Payout) => `/payouts/${one.id}`,
    filters: [{ kind: "choice" as const, field: "state", label: t("state"), several: true, options }],
    columns: useColumns(),
    empty: { title: t("noPayouts"), text: t("noPayoutsText") },
  };
}

function useColumns(): readonly Column<Payout>[] {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  return [
    {
      id: "payee",
      label: t("payee"),
      cell: (one) => one.payeeName || t("nobody"),
      text: (one) => one.payeeName,
      phone: "title",
      width: 220,
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`payoutState.${one.state}`)} tones={PAYOUT_TONES} />,
      text: (one) => one.state,
      width: 140,
      phone: "line",
    },
    {
      id: "amount",
      label: t("amount"),
      cell: (one) => <MoneyText money={one.amount} />,
      text: (one) => plainAmount(one.amount),
      align: "end",
      width: 140,
      phone: "value",
    },
    {
      id: "method",
      label: t("method"),
      cell: (one) => t(`methods.${one.method}`),
      text: (one) => one.method,
      width: 110,
    },
    { id: "account", label: t("goesTo"), cell: (one) => one.account, text: (one) => one.account, width: 170 },
    {
      id: "why",
      label: t("why"),
      cell: (one) => one.reason ?? one.reasons.map((reason) => reason.text).join(" "),
      text: (one) => one.reason ?? one.reasons.map((reason) => reason.code).join(" "),
      width: 300,
    },
    {
      id: "arrival",
      label: t("arrival"),
      cell: (one) => (one.arrivalOn === null ? "–" : format.day(one.arrivalOn)),
      text: (one) => one.arrivalOn,
      align: "end",
      width: 120,
    },
  ];
}
