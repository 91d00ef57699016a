import { IconRocket } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "onboarding",
  screens: [
    screen("/onboarding", () => import("./board.tsx"), "OnboardingBoard"),
    screen("/onboarding-settings", () => import("./settings-page.tsx"), "OnboardingSettingsPage"),
    screen("/onboarding/$id", () => import("./readiness-page.tsx"), "ReadinessPage"),
    screen("/onboarding/$id/handover", () => import("./handover-page.tsx"), "HandoverPage"),
    screen("/onboarding/$id/closing", () => import("./closing-page.tsx"), "ClosingPage"),
  ],
  navigation: [
    {
      section: "onboarding",
      to: "/onboarding",
      label: "onboarding:title",
      icon: IconRocket,
      permission: "procedures.read",
      order: 8,
    },
  ],
};
