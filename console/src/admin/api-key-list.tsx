import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { ApiKey } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { AgoText, DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { ApiKeyForm } from "./api-key-form.tsx";

/** Keys by which programs act as a person, with a part of the person's permissions. */
export function ApiKeyList() {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const create = <Button onClick={() => go("/api-keys?new=1")}>{t("createKey")}</Button>;
  const views = [{ id: "mine", label: t("views.mine") }];
  return (
    <>
      <ListPage<ApiKey>
        name="api-keys"
        title={t("apiKeys")}
        subtitle={t("apiKeysText")}
        resource="/api-keys"
        rowId={(one) => one.id}
        views={can("users.read") ? [...views, { id: "all", label: t("views.all"), filters: { of: "all" } }] : views}
        columns={useKeyColumns(setEnding)}
        empty={{ title: t("emptyKeys"), text: t("emptyKeysText"), action: create }}
        actions={create}
      />
      <ApiKeyForm opened={search.new === "1"} onClose={() => go("/api-keys")} />
      <ConfirmDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t("endKey")}
        text={t("endKeyText", { name: ending?.name ?? "" })}
        action={t("endKey")}
        danger
        send={() => api.delete(`/api-keys/${ending?.id}`)}
        refresh={["api-keys", "audit"]}
      />
    </>
  );
}

function stateOf(key: ApiKey): "active" | "ended" {
  const isOver = key.expiresAt !== null && Date.parse(key.expiresAt) < Date.now();
  return key.revokedAt !== null || isOver ? "ended" : "active";
}

function useKeyColumns(onEnd: (key: ApiKey) => void): readonly Column<ApiKey>[] {
  const { t } = useTranslation("admin");
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={stateOf(one)} label={t(`keyState.${stateOf(one)}`)} />,
      text: stateOf,
      width: 110,
      phone: "line",
    },
    { id: "hint", label: t("hint"), cell: (one) => `… ${one.hint}`, text: (one) => one.hint, width: 110 },
    {
      id: "owner",
      label: t("actsAs"),
      cell: (one) => <NameText id={one.userId} />,
      text: (one) => one.userId,
      width: 170,
      phone: "line",
    },
    {
      id: "permissions",
      label: t("permissions"),
      cell: (one) => one.permissions.join(", "),
      text: (one) => one.permissions.join(" "),
      width: 260,
    },
    {
      id: "used",
      label: t("lastUsed"),
      cell: (one) => (one.lastUsedAt === null ? t("never") : <AgoText at={one.lastUsedAt} />),
      text: (one) => one.lastUsedAt,
      width: 140,
    },
    {
      id: "expires",
      label: t("expiresAt"),
      cell: (one) => (one.expiresAt === null ? t("never") : <DateText at={one.expiresAt} detail="day" />),
      text: (one) => one.expiresAt,
      width: 130,
    },
    {
      id: "end",
      label: t("action"),
      cell: (one) =>
        stateOf(one) === "ended" ? null : (
          <Button size="compact-xs" variant="subtle" onClick={() => onEnd(one)}>
            {t("endKey")}
          </Button>
        ),
      width: 110,
      align: "end",
      phone: "value",
    },
  ];
}
