import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "partners",
  screens: [
    screen("/partners", () => import("./partner-list.tsx"), "PartnerList"),
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
  ],
  finders: [{ kind: "partner", label: "partners:title", icon: IconUsers, to: (id) => `/partners/${id}` }],
  actions: [{ label: "partners:create", to: "/partners?new=1", icon: IconUserPlus, permission: "partners.write" }],
};
