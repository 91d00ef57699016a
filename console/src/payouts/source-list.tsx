import { Button } from "@mantine/core";
import type { PayoutChange, PayoutSource } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { OpenChanges } from "./open-changes.tsx";
import { SourceForm } from "./source-form.tsx";

/** Accounts of the operator that pay by files. */
export function AccountList() {
  return <SourceList via="file" />;
}

/** Connections to payment providers. */
export function ConnectionList() {
  return <SourceList via="api" />;
}

function SourceList({ via }: { readonly via: "file" | "api" }) {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const [asked, setAsked] = useState(false);
  const changes = useRecord<Page<PayoutChange>>("/payout-changes", { state: "proposed" });
  const open = (changes.data?.data ?? []).filter((one) => one.kind === "source" && one.shown.via === via);
  return (
    <>
      <ListPage<PayoutSource>
        name={`payout-sources-${via}`}
        title={t(via === "file" ? "accounts" : "connections")}
        resource="/payout-sources"
        fixed={{ via }}
        rowId={(one) => one.id}
        open={(one) => `/payout-accounts/${one.id}`}
        actions={
          can("payouts.write") ? (
            <Button onClick={() => setAsked(true)}>{t(via === "file" ? "newAccount" : "newConnection")}</Button>
          ) : undefined
        }
        above={<OpenChanges changes={open} />}
        columns={useColumns(via)}
        empty={{
          title: t(via === "file" ? "noAccounts" : "noConnections"),
          text: t(via === "file" ? "noAccountsText" : "noConnectionsText"),
        }}
      />
      <SourceForm via={via} opened={asked} onClose={() => setAsked(false)} />
    </>
  );
}

function useColumns(via: "file" | "api"): readonly Column<PayoutSource>[] {
  const { t } = useTranslation("payouts");
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title", width: 220 },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`sourceState.${one.state}`)} />,
      text: (one) => one.state,
      width: 120,
      phone: "value",
    },
    {
      id: "method",
      label: t("method"),
      cell: (one) => t(`methods.${one.method}`),
      text: (one) => one.method,
      width: 120,
    },
    {
      id: "way",
      label: via === "file" ? t("format") : t("environment"),
      cell: (one) => one.format ?? String(one.shown.environment ?? ""),
      text: (one) => one.format ?? String(one.shown.environment ?? ""),
      width: 170,
    },
    {
      id: "currencies",
      label: t("currencies"),
      cell: (one) => one.currencies.join(", "),
      text: (one) => one.currencies.join(" "),
      width: 150,
      phone: "line",
    },
    {
      id: "cutOff",
      label: t("cutOff"),
      cell: (one) => `${one.cutOff} ${one.timeZone}`,
      text: (one) => `${one.cutOff} ${one.timeZone}`,
      width: 190,
    },
  ];
}
