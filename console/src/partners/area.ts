import { IconArrowsExchange, IconCopyCheck, IconForms, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "partners",
  screens: [
    screen("/partners", () => import("./partner-list.tsx"), "PartnerList"),
    screen("/ownership-transfers", () => import("./transfers/transfer-list.tsx"), "TransferList"),
    screen("/ownership-transfers/new", () => import("./transfers/transfer-new.tsx"), "TransferNew"),
    screen("/ownership-transfers/$id", () => import("./transfers/transfer-record.tsx"), "TransferRecord"),
    screen("/partner-duplicates", () => import("./duplicates/duplicate-page.tsx"), "DuplicatePage"),
    screen("/partner-duplicates/merge", () => import("./duplicates/merge-page.tsx"), "MergePage"),
    screen("/partner-fields", () => import("./fields/field-list.tsx"), "FieldList"),
    screen("/partners/$id", () => import("./partner-record.tsx"), "PartnerRecord"),
  ],
  navigation: [
    {
      section: "partners",
      to: "/partners",
      label: "partners:title",
      icon: IconUsers,
      key: "p",
      permission: "partners.read",
      order: 10,
      onPhone: true,
    },
    {
      ...{
        section: "partners",
        to: "/ownership-transfers",
        label: "partners:transfer.title",
        icon: IconArrowsExchange,
      },
      ...{ permission: "partners.write", order: 80 },
    },
    {
      ...{ section: "partners", to: "/partner-duplicates", label: "partners:duplicates.title", icon: IconCopyCheck },
      ...{ permission: "partners.write", order: 81 },
    },
    {
      ...{ section: "admin", to: "/partner-fields", label: "partners:fields.admin", icon: IconForms },
      ...{ permission: "settings.write", order: 70 },
    },
  ],
  finders: [{ kind: "partner", label: "partners:title", icon: IconUsers, to: (id) => `/partners/${id}` }],
  actions: [{ label: "partners:create", to: "/partners?new=1", icon: IconUserPlus, permission: "partners.write" }],
};
