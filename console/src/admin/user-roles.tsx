import { Button } from "@mantine/core";
import type { Grant, User } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useSession } from "../session/session.tsx";
import { useRoleText } from "./role-text.ts";
import { EMPTY_ROLE, grantOf, RoleEntry, useRoleFields } from "./role-words.ts";
import { ScopeText } from "./scope-text.tsx";

/** The roles of a person, each with where it holds. */
export function UserRoles({ user }: { readonly user: User }) {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const roleText = useRoleText();
  const [giving, setGiving] = useState(false);
  const [taking, setTaking] = useState<Grant | null>(null);
  const mayGive = can("users.write") && user.partnerId === null;
  return (
    <Card
      title={t("roles")}
      flush
      actions={
        mayGive ? (
          <Button size="compact-sm" variant="default" onClick={() => setGiving(true)}>
            {t("giveRole")}
          </Button>
        ) : undefined
      }
    >
      <PlainTable
        label={t("roles")}
        rows={user.grants}
        rowId={(grant) => grant.id}
        columns={[
          { id: "role", label: t("role"), cell: (grant) => roleText(grant.role) },
          { id: "scope", label: t("holdsFor"), cell: (grant) => <ScopeText grant={grant} /> },
          { id: "by", label: t("givenBy"), cell: (grant) => <NameText id={grant.createdBy} /> },
          { id: "at", label: t("givenAt"), cell: (grant) => <DateText at={grant.createdAt} detail="day" /> },
          {
            id: "take",
            label: t("action"),
            align: "end",
            cell: (grant) =>
              can("users.write") ? (
                <Button size="compact-xs" variant="subtle" onClick={() => setTaking(grant)}>
                  {t("takeRole")}
                </Button>
              ) : null,
          },
        ]}
        empty={<EmptyState title={t("noRole")} text={t("noRoleText")} />}
      />
      <GiveRole user={user} opened={giving} onClose={() => setGiving(false)} />
      <ConfirmDialog
        opened={taking !== null}
        onClose={() => setTaking(null)}
        title={t("takeRole")}
        text={t("takeRoleText", { name: user.name, role: roleText(taking?.role ?? "analyst") })}
        action={t("takeRole")}
        danger
        send={() => api.delete(`/grants/${taking?.id}`)}
        refresh={["users", "audit"]}
      />
    </Card>
  );
}

interface GiveRoleProps {
  readonly user: User;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function GiveRole({ user, opened, onClose }: GiveRoleProps) {
  const { t } = useTranslation("admin");
  const fields = useRoleFields<Record<keyof RoleEntry, string>>();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("giveRoleTo", { name: user.name })}
      submit={t("giveRole")}
      schema={RoleEntry}
      initial={EMPTY_ROLE as Record<keyof RoleEntry, string>}
      fields={fields}
      send={(values, key) => api.post<Grant>("/grants", { userId: user.id, ...grantOf(RoleEntry.parse(values)) }, key)}
      done={() => undefined}
      refresh={["users", "audit"]}
    />
  );
}
