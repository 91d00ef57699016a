import { IconAdjustments, IconBriefcase, IconSun } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "morning",
  screens: [
    screen("/", () => import("./today.tsx"), "Today"),
    screen("/morning/weights", () => import("./weights.tsx"), "WeightsPage"),
    screen("/portfolio", () => import("./portfolio.tsx"), "PortfolioPage"),
  ],
  navigation: [
    { section: "today", to: "/", label: "morning:today", icon: IconSun, key: "t", order: 10, onPhone: true },
    {
      section: "today",
      to: "/portfolio",
      label: "morning:portfolio",
      icon: IconBriefcase,
      permission: "reports.read",
      order: 20,
    },
  ],
  actions: [{ label: "morning:weights", to: "/morning/weights", icon: IconAdjustments, permission: "partners.read" }],
};
