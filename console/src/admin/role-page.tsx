import { Button, Group } from "@mantine/core";
import type { RoleOfHouse } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { useGo } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { RoleForm } from "./role-form.tsx";
import { useRoleText } from "./role-text.ts";

const SIDES = ["operator", "partner"] as const;

/** What each role may do, area by area, and in words. */
export function RolePage() {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const go = useGo();
  const [making, setMaking] = useState<RoleOfHouse | "new" | null>(null);
  const roles = useRecord<{ readonly data: readonly RoleOfHouse[] }>("/roles");
  const actions = (
    <Group gap="xs">
      <Button variant="default" onClick={() => go("/access-check")}>
        {t("checkAccess")}
      </Button>
      {can("users.write") ? <Button onClick={() => setMaking("new")}>{t("createRole")}</Button> : null}
    </Group>
  );
  return (
    <Page title={t("roles")} subtitle={t("rolesText")} actions={actions}>
      <Loaded query={roles}>
        {({ data }) => (
          <>
            {SIDES.map((side) => (
              <Card key={side} title={t(`views.${side}`)} flush>
                <RoleTable label={t(`views.${side}`)} roles={data.filter((one) => one.side === side)} />
              </Card>
            ))}
            <OwnRoles roles={data.filter((one) => one.custom)} onChange={setMaking} />
            <PermissionWords roles={data} />
          </>
        )}
      </Loaded>
      <RoleForm role={making} onClose={() => setMaking(null)} />
    </Page>
  );
}

function RoleTable({ label, roles }: { readonly label: string; readonly roles: readonly RoleOfHouse[] }) {
  const { t } = useTranslation("admin");
  const roleText = useRoleText();
  const areas = [
    ...new Set(roles.flatMap((one) => one.permissions).map((permission) => permission.split(".")[0] ?? "")),
  ];
  const held = (role: RoleOfHouse, area: string) =>
    role.permissions
      .filter((permission) => permission.startsWith(`${area}.`))
      .map((permission) => t(`may.${permission.split(".")[1]}`));
  return (
    <PlainTable
      label={label}
      rows={areas}
      rowId={(area) => area}
      columns={[
        { id: "area", label: t("area"), cell: (area) => <b style={{ fontWeight: 500 }}>{t(`areas.${area}`)}</b> },
        ...roles.map((role) => ({
          id: role.role,
          label: roleText(role.role),
          cell: (area: string) => {
            const words = held(role, area);
            return words.length === 0 ? (
              <span style={{ color: "var(--mantine-color-placeholder)" }}>–</span>
            ) : (
              <span style={{ whiteSpace: "nowrap" }}>{words.join(", ")}</span>
            );
          },
        })),
      ]}
    />
  );
}

interface OwnRolesProps {
  readonly roles: readonly RoleOfHouse[];
  readonly onChange: (role: RoleOfHouse) => void;
}

function OwnRoles({ roles, onChange }: OwnRolesProps) {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const [ending, setEnding] = useState<RoleOfHouse | null>(null);
  if (roles.length === 0) return null;
  return (
    <Card title={t("ownRoles")} flush>
      <PlainTable
        label={t("ownRoles")}
        rows={roles}
        rowId={(role) => role.role}
        columns={[
          { id: "name", label: t("name"), cell: (role) => role.name },
          { id: "purpose", label: t("purpose"), cell: (role) => role.purpose || "–" },
          { id: "holders", label: t("holders"), align: "end", cell: (role) => role.holders },
          {
            id: "do",
            label: t("action"),
            align: "end",
            cell: (role) =>
              can("users.write") ? (
                <Group gap="xs" justify="flex-end" wrap="nowrap">
                  <Button size="compact-xs" variant="subtle" onClick={() => onChange(role)}>
                    {t("change")}
                  </Button>
                  <Button size="compact-xs" variant="subtle" onClick={() => setEnding(role)}>
                    {t("remove")}
                  </Button>
                </Group>
              ) : null,
          },
        ]}
      />
      <ConfirmDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t("remove")}
        text={t("removeRoleText", { name: ending?.name ?? "" })}
        action={t("remove")}
        danger
        send={() => api.delete(`/roles/${ending?.role}`)}
        refresh={["roles", "audit"]}
      />
    </Card>
  );
}

/** Every permission in words: what it lets one do. */
function PermissionWords({ roles }: { readonly roles: readonly RoleOfHouse[] }) {
  const { t } = useTranslation("admin");
  const all = [...new Set(roles.flatMap((role) => role.permissions))].sort();
  return (
    <Card title={t("permissionWords")} flush>
      <PlainTable
        label={t("permissionWords")}
        rows={all}
        rowId={(permission) => permission}
        columns={[
          { id: "permission", label: t("permission"), cell: (permission) => <code>{permission}</code> },
          {
            id: "words",
            label: t("lets"),
            cell: (permission) => {
              const [area, verb] = permission.split(".");
              return t(`lets_${verb}`, { area: t(`areas.${area}`), defaultValue: permission });
            },
          },
        ]}
      />
    </Card>
  );
}
