import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { WebhookEndpoint, WebhookSecret } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { useReceiverColumns } from "../postbacks/receiver-columns.tsx";
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
  const { identity, health } = useReceiverColumns();
  return [
    ...identity,
    { id: "url", label: t("url"), cell: (one) => one.url, text: (one) => one.url, phone: "line" },
    {
      id: "types",
      label: t("types"),
      cell: (one) => (one.types.length === 0 ? t("allTypes") : one.types.join(", ")),
      text: (one) => one.types.join(" "),
      width: 240,
    },
    ...health,
  ];
}
