import { IconClockCancel, IconGavel, IconUserShield } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "privacy",
  screens: [
    screen("/privacy", () => import("./request-list.tsx"), "RequestList"),
    screen("/privacy/$id", () => import("./request-record.tsx"), "RequestRecord"),
    screen("/legal-holds", () => import("./hold-list.tsx"), "HoldList"),
    screen("/retention", () => import("./retention-page.tsx"), "RetentionPage"),
  ],
  navigation: [
    {
      section: "admin",
      to: "/privacy",
      label: "privacy:requests",
      icon: IconUserShield,
      permission: "privacy.read",
      order: 54,
    },
    {
      section: "admin",
      to: "/legal-holds",
      label: "privacy:holds",
      icon: IconGavel,
      permission: "privacy.read",
      order: 55,
    },
    {
      section: "admin",
      to: "/retention",
      label: "privacy:retention",
      icon: IconClockCancel,
      permission: "privacy.read",
      order: 56,
    },
  ],
};
