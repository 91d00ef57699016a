import { IconHelpCircle } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "why",
  screens: [screen("/why", () => import("./why-page.tsx"), "WhyPage")],
  navigation: [
    {
      section: "tracking",
      to: "/why",
      label: "why:title",
      icon: IconHelpCircle,
      key: "y",
      permission: "events.read",
      order: 15,
    },
  ],
  actions: [
    {
      label: "why:title",
      to: "/why",
      icon: IconHelpCircle,
      permission: "events.read",
      keywords: ["why", "missing", "click", "order", "por qué", "falta"],
    },
  ],
};
