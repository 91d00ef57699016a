import { Select } from "@mantine/core";
import type { ProcedureRole } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ROLES } from "../states.ts";

interface RoleSelectProps {
  readonly label: string;
  readonly value: ProcedureRole;
  readonly change: (role: ProcedureRole) => void;
}

/** Who owns a step. */
export function RoleSelect({ label, value, change }: RoleSelectProps) {
  const { t } = useTranslation("procedures");
  return (
    <Select
      label={label}
      data={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      value={value}
      allowDeselect={false}
      onChange={(role) => change(ROLES.find((one) => one === role) ?? value)}
    />
  );
}
