import { IconHeartbeat } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "health",
  screens: [
    screen("/health", () => import("./health-list.tsx"), "HealthList"),
    screen("/health/$id", () => import("./alert-record.tsx"), "AlertRecord"),
  ],
  navigation: [
    {
      section: "tracking",
      to: "/health",
      label: "health:title",
      icon: IconHeartbeat,
      permission: "links.read",
      order: 15,
    },
  ],
};
