import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

interface Role {
  readonly role: string;
  readonly side: "operator" | "partner";
  readonly permissions: readonly string[];
}

const SIDES = ["operator", "partner"] as const;

/** What each role may do, area by area. */
export function RolePage() {
  const { t } = useTranslation("admin");
  const roles = useRecord<{ readonly data: readonly Role[] }>("/roles");
  return (
    <Page title={t("roles")} subtitle={t("rolesText")}>
      <Loaded query={roles}>
        {({ data }) =>
          SIDES.map((side) => (
            <Card key={side} title={t(`views.${side}`)} flush>
              <RoleTable label={t(`views.${side}`)} roles={data.filter((one) => one.side === side)} />
            </Card>
          ))
        }
      </Loaded>
    </Page>
  );
}

function RoleTable({ label, roles }: { readonly label: string; readonly roles: readonly Role[] }) {
  const { t } = useTranslation("admin");
  const areas = [
    ...new Set(roles.flatMap((one) => one.permissions).map((permission) => permission.split(".")[0] ?? "")),
  ];
  const held = (role: Role, area: string) =>
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
          label: t(`roleName.${role.role}`),
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
