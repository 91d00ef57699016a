import { MultiSelect } from "@mantine/core";
import { CustomRole, NewCustomRole, type RoleOfHouse } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";

const Entry = z.object({
  name: NewCustomRole.shape.name,
  purpose: z.string().max(300),
  permissions: NewCustomRole.shape.permissions,
});
type Typed = { name: string; purpose: string; permissions: string[] };

interface RoleFormProps {
  readonly role: RoleOfHouse | "new" | null;
  readonly onClose: () => void;
}

/** A role made of permissions; both sides of what takes two people are refused by the API, in words. */
export function RoleForm({ role, onClose }: RoleFormProps) {
  const { t } = useTranslation("admin");
  const { me } = useSession();
  const old = role === "new" ? null : role;
  const words = (permission: string) => {
    const [area, verb] = permission.split(".");
    return `${t(`areas.${area}`)}: ${t(`may.${verb}`)}`;
  };
  return (
    <FormDialog<Typed, RoleOfHouse>
      key={old?.role ?? "new"}
      opened={role !== null}
      onClose={onClose}
      title={old === null ? t("createRole") : (old.name ?? "")}
      submit={t(old === null ? "createRoleDo" : "save")}
      wide
      schema={Entry}
      initial={{ name: old?.name ?? "", purpose: old?.purpose ?? "", permissions: [...(old?.permissions ?? [])] }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true },
        { kind: "text", name: "purpose", label: t("purpose") },
        {
          kind: "own",
          name: "permissions",
          label: t("permissions"),
          content: (values, change, error) => (
            <MultiSelect
              label={t("permissions")}
              description={t("twoPeopleHint")}
              data={[...me.permissions].sort().map((value) => ({ value, label: words(value) }))}
              value={values.permissions}
              onChange={(next) => change("permissions", next)}
              error={error}
              searchable
              required
            />
          ),
        },
      ]}
      send={(values, key) =>
        old === null
          ? api.post<RoleOfHouse>("/roles", { ...values, role: codeOf(values.name) }, key)
          : api.patch<RoleOfHouse>(`/roles/${old.role}`, { ...values, revision: old.revision })
      }
      done={() => undefined}
      refresh={["roles", "audit"]}
    />
  );
}

/** The role's code follows from its first name. */
function codeOf(name: string): z.infer<typeof CustomRole> {
  const word = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  return CustomRole.parse(`custom_${(word || "role").slice(0, 40)}`);
}
