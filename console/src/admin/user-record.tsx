import { type User, UserChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { LANGUAGES } from "../i18n/languages.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { AuditPanel } from "./audit-panel.tsx";
import { UserActions } from "./user-actions.tsx";
import { UserRoles } from "./user-roles.tsx";

export function UserRecord() {
  const { t } = useTranslation("admin");
  const id = useParam("id");
  const user = useRecord<User>(`/users/${id}`);
  const timeline = useHistory("user", id);
  const { can } = useSession();
  return (
    <Loaded query={user}>
      {(one) => (
        <RecordPage
          title={one.name}
          subtitle={one.email}
          parent={{ label: t("users"), to: "/users" }}
          badge={<StatusBadge state={one.status} label={t(`userState.${one.status}`)} />}
          actions={<UserActions user={one} />}
          facts={[
            {
              label: t("side"),
              value:
                one.partnerId === null ? (
                  t("operator")
                ) : (
                  <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />
                ),
            },
            { label: t("factor"), value: t(one.twoFactor ? "on" : "off") },
            { label: t("language"), value: one.language },
            { label: t("createdAt"), value: <DateText at={one.createdAt} detail="day" /> },
          ]}
          tabs={[
            { id: "roles", label: t("roles"), count: one.grants.length, content: () => <UserRoles user={one} /> },
            { id: "details", label: t("details"), content: () => <UserDetails user={one} /> },
            ...(can("audit.read")
              ? [{ id: "activity", label: t("activity"), content: () => <AuditPanel fixed={{ actorId: id }} /> }]
              : []),
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function UserDetails({ user }: { readonly user: User }) {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const known = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
  return (
    <>
      <Card title={t("details")}>
        <Properties
          items={[
            [t("id"), <CopyText key="id" text={user.id} />],
            [t("email"), <CopyText key="email" text={user.email} mono={false} />],
          ]}
        />
      </Card>
      {can("users.write") ? (
        <RecordForm
          key={user.revision}
          schema={UserChange}
          initial={{ revision: user.revision, name: user.name, language: user.language }}
          fields={[
            { kind: "text", name: "name", label: t("name"), required: true, half: true },
            { kind: "select", name: "language", label: t("language"), half: true, options: known },
          ]}
          submit={t("save")}
          send={(values) => api.patch<User>(`/users/${user.id}`, values)}
          done={() => undefined}
          refresh={["users", "audit", "names"]}
        />
      ) : null}
    </>
  );
}
