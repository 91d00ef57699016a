import { IconChartBar, IconChartLine, IconCoins, IconSun } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "reporting",
  screens: [
    screen("/reports/day", () => import("./today.tsx"), "DaySoFar"),
    screen("/reports/funnel", () => import("./funnel-page.tsx"), "FunnelPage"),
    screen("/reports/clicks", () => import("./clicks-page.tsx"), "ClicksPage"),
    screen("/reports/earnings", () => import("./earnings-page.tsx"), "EarningsPage"),
  ],
  navigation: [
    {
      section: "reports",
      to: "/reports/day",
      label: "reporting:today",
      icon: IconSun,
      permission: "reports.read",
      order: 5,
    },
    {
      section: "reports",
      to: "/reports/funnel",
      label: "reporting:funnel",
      icon: IconChartBar,
      key: "f",
      permission: "reports.read",
      order: 10,
    },
    {
      section: "reports",
      to: "/reports/clicks",
      label: "reporting:clicksOverTime",
      icon: IconChartLine,
      key: "c",
      permission: "reports.read",
      order: 20,
    },
    {
      section: "reports",
      to: "/reports/earnings",
      label: "reporting:earnings",
      icon: IconCoins,
      key: "e",
      permission: "reports.read",
      order: 30,
    },
  ],
};
