import { CustomRole, OperatorRole, type RoleOfHouse } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { useRecord } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { useRoleText } from "./role-text.ts";

export const OPERATOR_ROLES = OperatorRole.options;
/** Where a role can hold for the operator's people. */
export const SCOPES = ["everything", "region", "program", "portfolio", "partner"] as const;

/** What is typed to give a role: the place is one of four lists, by the kind of scope. */
export const RoleEntry = z.object({
  role: z.union([OperatorRole, CustomRole]),
  scopeKind: z.enum(SCOPES),
  regionId: z.string().optional(),
  programId: z.string().optional(),
  ownerUserId: z.string().optional(),
  partnerId: z.string().optional(),
});
export type RoleEntry = z.infer<typeof RoleEntry>;

export const EMPTY_ROLE = {
  role: "key_account_manager",
  scopeKind: "everything",
  regionId: "",
  programId: "",
  ownerUserId: "",
  partnerId: "",
} as const satisfies Record<keyof RoleEntry, string>;

/** The role as the API takes it. */
export function grantOf(entry: RoleEntry) {
  const places = {
    everything: undefined,
    region: entry.regionId,
    program: entry.programId,
    portfolio: entry.ownerUserId,
    partner: entry.partnerId,
  };
  return { role: entry.role, scopeKind: entry.scopeKind, scopeId: places[entry.scopeKind] ?? null };
}

type Typed = { readonly scopeKind: string };

/** Fields of a role and of where it holds. */
export function useRoleFields<V extends Typed>(): readonly Field<V>[] {
  const { t } = useTranslation("admin");
  const roleText = useRoleText();
  const made = useRecord<{ readonly data: readonly RoleOfHouse[] }>("/roles").data?.data ?? [];
  const roles = [...OPERATOR_ROLES, ...made.filter((one) => one.custom).map((one) => one.role)];
  const place = (name: string, scope: (typeof SCOPES)[number], resource: string): Field<V> => ({
    kind: "record",
    name,
    label: t(`scope.${scope}`),
    required: true,
    half: true,
    resource,
    when: (values) => values.scopeKind === scope,
    toOption: (row) => ({ value: row.id, label: row.name }),
  });
  return [
    {
      kind: "select",
      name: "role",
      label: t("role"),
      required: true,
      half: true,
      options: roles.map((value) => ({ value, label: roleText(value) })),
    },
    {
      kind: "select",
      name: "scopeKind",
      label: t("holdsFor"),
      required: true,
      half: true,
      options: SCOPES.map((value) => ({ value, label: t(`scope.${value}`) })),
    },
    place("regionId", "region", "/regions"),
    place("programId", "program", "/programs"),
    place("ownerUserId", "portfolio", "/users"),
    place("partnerId", "partner", "/partners"),
  ];
}
