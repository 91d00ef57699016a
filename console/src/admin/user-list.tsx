import { Button } from "@mantine/core";
import type { User } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { GrantList } from "./scope-text.tsx";

export function UserList() {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const go = useGo();
  const invite = can("users.write") ? (
    <Button onClick={() => go("/invitations?new=1")}>{t("invite")}</Button>
  ) : undefined;
  return (
    <ListPage<User>
      name="users"
      title={t("users")}
      resource="/users"
      rowId={(one) => one.id}
      open={(one) => `/users/${one.id}`}
      views={[
        { id: "operator", label: t("views.operator"), filters: { side: "operator" } },
        { id: "partner", label: t("views.partner"), filters: { side: "partner" } },
        { id: "disabled", label: t("views.disabled"), filters: { status: "disabled" } },
        { id: "all", label: t("views.all") },
      ]}
      filters={[
        {
          kind: "choice",
          field: "side",
          label: t("side"),
          options: (["operator", "partner"] as const).map((value) => ({ value, label: t(`views.${value}`) })),
        },
        {
          kind: "choice",
          field: "status",
          label: t("status"),
          options: (["active", "disabled"] as const).map((value) => ({ value, label: t(`userState.${value}`) })),
        },
        {
          kind: "record",
          field: "partnerId",
          label: t("partner"),
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
      ]}
      search={t("searchUsers")}
      columns={useUserColumns()}
      empty={{ title: t("emptyUsers"), text: t("emptyUsersText"), action: invite }}
      actions={invite}
    />
  );
}

function useUserColumns(): readonly Column<User>[] {
  const { t } = useTranslation("admin");
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`userState.${one.status}`)} />,
      text: (one) => one.status,
      width: 110,
      phone: "value",
    },
    { id: "email", label: t("email"), cell: (one) => one.email, text: (one) => one.email, width: 250, phone: "line" },
    {
      id: "roles",
      label: t("roles"),
      cell: (one) => <GrantList grants={one.grants} />,
      text: (one) => one.grants.map((grant) => `${grant.role} ${grant.scopeId ?? grant.scopeKind}`).join(", "),
      width: 290,
    },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} />,
      text: (one) => one.partnerId,
      width: 180,
      hidden: true,
    },
    {
      id: "factor",
      label: t("factor"),
      cell: (one) => (
        <StatusBadge plain state={one.twoFactor ? "active" : "draft"} label={t(one.twoFactor ? "on" : "off")} />
      ),
      text: (one) => (one.twoFactor ? "on" : "off"),
      width: 130,
    },
    {
      id: "createdAt",
      label: t("createdAt"),
      cell: (one) => <DateText at={one.createdAt} detail="day" />,
      text: (one) => one.createdAt,
      width: 140,
      align: "end",
    },
  ];
}
