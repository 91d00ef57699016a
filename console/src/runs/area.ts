import { IconChecklist, IconPlus, IconSettingsCheck, IconUserCheck } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "runs",
  screens: [
    screen("/runs", () => import("./run-list.tsx"), "RunList"),
    screen("/runs/waiting", () => import("./waiting-page.tsx"), "WaitingPage"),
    screen("/runs/settings", () => import("./settings-page.tsx"), "SettingsPage"),
    screen("/runs/$id", () => import("./run-record.tsx"), "RunRecord"),
    screen("/runs/$id/partners/$item", () => import("./item-record.tsx"), "ItemRecord"),
  ],
  navigation: [
    {
      section: "money",
      to: "/runs",
      label: "runs:title",
      icon: IconChecklist,
      key: "r",
      permission: "runs.read",
      order: 5,
    },
    {
      section: "money",
      to: "/runs/waiting",
      label: "runs:waiting",
      icon: IconUserCheck,
      permission: "runs.read",
      order: 6,
    },
    {
      section: "admin",
      to: "/runs/settings",
      label: "runs:settings",
      icon: IconSettingsCheck,
      permission: "runs.read",
      order: 60,
    },
  ],
  actions: [{ label: "runs:openOne", to: "/runs?new=1", icon: IconPlus, permission: "runs.write" }],
};
