import { Button } from "@mantine/core";
import { NewInvitation, type OneTimeLink, type User } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { Card } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const ROLES = ["partner_owner", "partner_member", "partner_finance", "partner_analyst", "partner_developer"] as const;
const InvitationEntry = z.object({
  email: NewInvitation.shape.email,
  name: NewInvitation.shape.name,
  role: z.enum(ROLES),
});

/** Who may sign in to the portal for this partner; new people get a link. */
export function PartnerPeople({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const invite = can("partners.write") ? <Button onClick={() => setInviting(true)}>{t("invite")}</Button> : undefined;
  return (
    <>
      {link === null ? null : (
        <Card title={t("invitationLink")}>
          <CopyText text={link} />
        </Card>
      )}
      <ListPanel<User>
        embedded
        name="partner-people"
        title={t("tabs.people")}
        resource="/users"
        fixed={{ partnerId }}
        rowId={(one) => one.id}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "status",
            label: t("status"),
            cell: (one) => <StatusBadge state={one.status} label={t(`userState.${one.status}`)} />,
            text: (one) => one.status,
            width: 120,
            phone: "value",
          },
          {
            id: "email",
            label: t("email"),
            cell: (one) => one.email,
            text: (one) => one.email,
            width: 260,
            phone: "line",
          },
          {
            id: "roles",
            label: t("role"),
            cell: (one) => one.grants.map((grant) => t(`roles.${grant.role}`)).join(", "),
            text: (one) => one.grants.map((grant) => grant.role).join(" "),
            width: 200,
          },
        ]}
        empty={{ title: t("emptyPeople"), text: t("emptyPeopleText"), action: invite }}
        actions={invite}
      />
      <InvitationForm partnerId={partnerId} opened={inviting} onClose={() => setInviting(false)} onMade={setLink} />
    </>
  );
}

interface InvitationFormProps {
  readonly partnerId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (link: string) => void;
}

function InvitationForm({ partnerId, opened, onClose, onMade }: InvitationFormProps) {
  const { t } = useTranslation("partners");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("invite")}
      submit={t("invite")}
      schema={InvitationEntry}
      initial={{ email: "", name: "", role: "partner_owner" }}
      fields={[
        { kind: "email", name: "email", label: t("email"), required: true },
        { kind: "text", name: "name", label: t("name") },
        {
          kind: "select",
          name: "role",
          label: t("role"),
          required: true,
          options: ROLES.map((value) => ({ value, label: t(`roles.${value}`) })),
        },
      ]}
      send={(values, key) => {
        const { role, ...person } = InvitationEntry.parse(values);
        const grants = [{ role, scopeKind: "partner", scopeId: partnerId }];
        return api.post<OneTimeLink>("/invitations", { ...person, partnerId, grants }, key);
      }}
      done={(invitation) => onMade(invitation.link)}
      refresh={["users", "invitations", "audit"]}
    />
  );
}
