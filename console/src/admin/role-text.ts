import type { RoleOfHouse } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";

/** The name of a role; of one that the operator made the name it was given. */
export function useRoleText(): (role: string) => string {
  const { t } = useTranslation("admin");
  const roles = useRecord<{ readonly data: readonly RoleOfHouse[] }>("/roles");
  return (role) =>
    role.startsWith("custom_")
      ? (roles.data?.data.find((one) => one.role === role)?.name ?? role.slice("custom_".length).replaceAll("_", " "))
      : t(`roleName.${role}`);
}
