import { IconBuildingBank, IconPlus, IconShieldDollar } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "payees",
  screens: [
    screen("/payees", () => import("./payee-list.tsx"), "PayeeList"),
    screen("/payees/settings", () => import("./settings-page.tsx"), "SettingsPage"),
    screen("/payees/$id", () => import("./payee-record.tsx"), "PayeeRecord"),
  ],
  navigation: [
    {
      section: "money",
      to: "/payees",
      label: "payees:title",
      icon: IconBuildingBank,
      permission: "payees.read",
      order: 32,
    },
    {
      section: "admin",
      to: "/payees/settings",
      label: "payees:settings",
      icon: IconShieldDollar,
      permission: "payees.read",
      order: 62,
    },
  ],
  actions: [{ label: "payees:create", to: "/payees?new=1", icon: IconPlus, permission: "payees.write" }],
};
