import { IconArrowsExchange, IconHistory, IconScale } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "dealdesk",
  screens: [
    screen("/deal-desk", () => import("./deal-list.tsx"), "DealList"),
    screen("/deal-desk/new", () => import("./new-deal.tsx"), "NewDealPage"),
    screen("/deal-desk/$id", () => import("./deal-record.tsx"), "DealRecord"),
    screen("/what-if", () => import("./what-if-list.tsx"), "WhatIfList"),
    screen("/what-if/$id", () => import("./what-if-record.tsx"), "WhatIfRecord"),
  ],
  navigation: [
    {
      section: "terms",
      to: "/deal-desk",
      label: "dealdesk:title",
      icon: IconScale,
      key: "d",
      permission: "plans.read",
      order: 60,
    },
    {
      section: "terms",
      to: "/what-if",
      label: "dealdesk:whatIf",
      icon: IconHistory,
      permission: "plans.read",
      order: 70,
    },
  ],
  actions: [
    { label: "dealdesk:create", to: "/deal-desk/new", icon: IconScale, permission: "plans.read" },
    { label: "dealdesk:createWhatIf", to: "/what-if?new=1", icon: IconArrowsExchange, permission: "plans.read" },
  ],
};
