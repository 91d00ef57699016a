import { IconDatabaseImport } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "imports",
  screens: [
    screen("/imports", () => import("./import-list.tsx"), "ImportList"),
    screen("/imports/$id", () => import("./import-record.tsx"), "ImportRecordPage"),
  ],
  navigation: [
    {
      section: "partners",
      to: "/imports",
      label: "imports:title",
      icon: IconDatabaseImport,
      permission: "partners.approve",
      order: 90,
    },
  ],
  actions: [
    { label: "imports:create", to: "/imports?new=1", icon: IconDatabaseImport, permission: "partners.approve" },
  ],
};
