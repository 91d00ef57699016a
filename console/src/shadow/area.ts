import { IconArrowsDiff } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "shadow",
  screens: [
    screen("/shadow", () => import("./shadow-list.tsx"), "ShadowList"),
    screen("/shadow/$id", () => import("./shadow-record.tsx"), "ShadowRecord"),
    screen("/shadow-files/$id", () => import("./file-record.tsx"), "FileRecord"),
    screen("/shadow-results/$id", () => import("./result-record.tsx"), "ResultRecord"),
  ],
  navigation: [
    {
      section: "tracking",
      to: "/shadow",
      label: "shadow:title",
      icon: IconArrowsDiff,
      permission: "events.read",
      order: 60,
    },
  ],
  actions: [{ label: "shadow:create", to: "/shadow?new=1", icon: IconArrowsDiff, permission: "events.write" }],
};
