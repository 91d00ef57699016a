import { Button } from "@mantine/core";
import { NewInvitation, type OneTimeLink, PartnerRole, type User } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { ActivityPanel } from "../admin/activity-list.tsx";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const Entry = z.object({ email: NewInvitation.shape.email, name: z.string(), role: PartnerRole });
type Typed = z.infer<typeof Entry>;

/** The own team: who may come in as what, invitations, and what everybody did. */
export function OwnTeam() {
  const { t } = useTranslation("portal");
  const { can } = useSession();
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<OneTimeLink | null>(null);
  const invite = can("users.write") ? <Button onClick={() => setInviting(true)}>{t("team.invite")}</Button> : undefined;
  return (
    <Page title={t("team.title")} subtitle={t("team.text")} actions={invite}>
      {can("users.read") ? (
        <Card title={t("team.people")} flush>
          <People />
        </Card>
      ) : null}
      <Card title={t("team.activity")} flush>
        <ActivityPanel fixed={{}} />
      </Card>
      <Card title={t("team.roles")} flush>
        <PlainTable
          label={t("team.roles")}
          rows={PartnerRole.options}
          rowId={(role) => role}
          columns={[
            { id: "role", label: t("team.role"), cell: (role) => t(`team.roleName.${role}`) },
            { id: "may", label: t("team.may"), cell: (role) => t(`team.roleMay.${role}`) },
          ]}
        />
      </Card>
      <FormDialog<Typed, OneTimeLink>
        opened={inviting}
        onClose={() => setInviting(false)}
        title={t("team.invite")}
        submit={t("team.invite")}
        schema={Entry}
        initial={{ email: "", name: "", role: "partner_member" }}
        fields={[
          { kind: "email", name: "email", label: t("team.email"), required: true },
          { kind: "text", name: "name", label: t("team.name") },
          {
            kind: "select",
            name: "role",
            label: t("team.role"),
            required: true,
            options: PartnerRole.options.map((value) => ({ value, label: t(`team.roleName.${value}`) })),
          },
        ]}
        send={({ role, ...person }, key) =>
          api.post<OneTimeLink>("/invitations", { ...person, grants: [{ role, scopeKind: "partner" }] }, key)
        }
        done={setMade}
        refresh={["invitations", "users"]}
      />
      <OnceDialog
        secret={made?.link ?? null}
        onClose={() => setMade(null)}
        title={t("team.link")}
        text={t("team.linkText")}
        done={t("team.passedOn")}
      />
    </Page>
  );
}

function People() {
  const { t } = useTranslation("portal");
  const [ending, setEnding] = useState<User | null>(null);
  return (
    <>
      <ListPanel<User>
        embedded
        name="own-team"
        title={t("team.people")}
        resource="/users"
        rowId={(one) => one.id}
        columns={useTeamColumns(setEnding)}
        empty={{ title: t("team.nobody"), text: t("team.text") }}
      />
      <ConfirmDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t("team.disable")}
        text={t("team.disableText", { name: ending?.name ?? "" })}
        action={t("team.disable")}
        danger
        send={() => api.patch<User>(`/users/${ending?.id}`, { revision: ending?.revision, status: "disabled" })}
        refresh={["users"]}
      />
    </>
  );
}

function useTeamColumns(onEnd: (user: User) => void): readonly Column<User>[] {
  const { t } = useTranslation("portal");
  const { can, me } = useSession();
  return [
    { id: "name", label: t("team.name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "email",
      label: t("team.email"),
      cell: (one) => one.email,
      text: (one) => one.email,
      width: 240,
      phone: "line",
    },
    {
      id: "role",
      label: t("team.role"),
      cell: (one) => one.grants.map((grant) => t(`team.roleName.${grant.role}`)).join(", "),
      text: (one) => one.grants.map((grant) => grant.role).join(" "),
      width: 180,
      phone: "line",
    },
    {
      id: "factor",
      label: t("team.factor"),
      cell: (one) => (
        <StatusBadge state={one.twoFactor ? "active" : "paused"} label={t(one.twoFactor ? "team.on" : "team.off")} />
      ),
      text: (one) => String(one.twoFactor),
      width: 140,
    },
    {
      id: "status",
      label: t("team.status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`team.state.${one.status}`)} />,
      text: (one) => one.status,
      width: 120,
      phone: "value",
    },
    {
      id: "do",
      label: t("team.action"),
      width: 120,
      align: "end",
      cell: (one) =>
        can("users.write") && one.id !== me.userId && one.status === "active" ? (
          <Button size="compact-xs" variant="subtle" onClick={() => onEnd(one)}>
            {t("team.disable")}
          </Button>
        ) : null,
    },
  ];
}
