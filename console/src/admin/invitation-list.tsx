import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Invitation } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useSession } from "../session/session.tsx";
import { InviteForm } from "./invite-form.tsx";
import { GrantList } from "./scope-text.tsx";

/** Open invitations; whoever opens the link sets a password and is in. */
export function InvitationList() {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const [ending, setEnding] = useState<Invitation | null>(null);
  const invite = can("users.write") ? (
    <Button onClick={() => go("/invitations?new=1")}>{t("invite")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Invitation>
        name="invitations"
        title={t("invitations")}
        subtitle={t("invitationsText")}
        resource="/invitations"
        rowId={(one) => one.id}
        columns={useInvitationColumns(setEnding)}
        empty={{ title: t("emptyInvitations"), text: t("emptyInvitationsText"), action: invite }}
        actions={invite}
      />
      <InviteForm opened={search.new === "1"} onClose={() => go("/invitations")} />
      <ConfirmDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t("withdraw")}
        text={t("withdrawText", { email: ending?.email ?? "" })}
        action={t("withdraw")}
        danger
        send={() => api.delete(`/invitations/${ending?.id}`)}
        refresh={["invitations", "audit"]}
      />
    </>
  );
}

function useInvitationColumns(onEnd: (invitation: Invitation) => void): readonly Column<Invitation>[] {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  return [
    { id: "email", label: t("email"), cell: (one) => one.email, text: (one) => one.email, phone: "title" },
    { id: "name", label: t("name"), cell: (one) => one.name || "–", text: (one) => one.name, width: 180 },
    {
      id: "roles",
      label: t("roles"),
      cell: (one) => <GrantList grants={one.grants} />,
      text: (one) => one.grants.map((grant) => grant.role).join(", "),
      width: 280,
      phone: "line",
    },
    {
      id: "by",
      label: t("invitedBy"),
      cell: (one) => <NameText id={one.createdBy} />,
      text: (one) => one.createdBy,
      width: 170,
    },
    {
      id: "expires",
      label: t("expiresAt"),
      cell: (one) => <DateText at={one.expiresAt} />,
      text: (one) => one.expiresAt,
      width: 180,
      align: "end",
    },
    {
      id: "end",
      label: t("action"),
      cell: (one) =>
        can("users.write") ? (
          <Button size="compact-xs" variant="subtle" onClick={() => onEnd(one)}>
            {t("withdraw")}
          </Button>
        ) : null,
      width: 130,
      align: "end",
      phone: "value",
    },
  ];
}
