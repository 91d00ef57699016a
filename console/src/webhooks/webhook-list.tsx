import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { WebhookEndpoint, WebhookSecret } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AgoText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { WebhookForm } from "./webhook-form.tsx";

/** Addresses of the operator's own systems that are told what happens. */
export function WebhookList() {
  const { t } = useTranslation("webhooks");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const [made, setMade] = useState<WebhookSecret | null>(null);
  const create = can("settings.write") ? (
    <Button onClick={() => go("/webhooks?new=1")}>{t("create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<WebhookEndpoint>
        name="webhooks"
        title={t("title")}
        resource="/webhooks"
        rowId={(one) => one.id}
        open={(one) => `/webhooks/${one.id}`}
        columns={useColumns()}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <WebhookForm opened={search.new === "1"} onClose={() => go("/webhooks")} onMade={setMade} />
      <OnceDialog
        secret={made?.secret ?? null}
        title={t("secretOnce")}
        text={t("secretText")}
        done={t("secretKept")}
        onClose={() => {
          setMade(null);
          if (made !== null) go(`/webhooks/${made.endpoint.id}`);
        }}
      />
    </>
  );
}

function useColumns(): readonly Column<WebhookEndpoint>[] {
  const { t } = useTranslation("webhooks");
  return [
    {
      id: "name",
      label: t("name"),
      cell: (one) => one.name || one.url,
      text: (one) => one.name || one.url,
      phone: "title",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
      text: (one) => one.status,
      width: 110,
      phone: "value",
    },
    { id: "url", label: t("url"), cell: (one) => one.url, text: (one) => one.url, phone: "line" },
    {
      id: "types",
      label: t("types"),
      cell: (one) => (one.types.length === 0 ? t("allTypes") : one.types.join(", ")),
      text: (one) => one.types.join(" "),
      width: 240,
    },
    {
      id: "waiting",
      label: t("waiting"),
      cell: (one) => one.waiting,
      text: (one) => one.waiting,
      width: 100,
      align: "end",
    },
    { id: "dead", label: t("dead"), cell: (one) => one.dead, text: (one) => one.dead, width: 110, align: "end" },
    {
      id: "last",
      label: t("lastDelivered"),
      cell: (one) => <AgoText at={one.lastDeliveredAt} />,
      text: (one) => one.lastDeliveredAt,
      width: 150,
      align: "end",
    },
  ];
}
