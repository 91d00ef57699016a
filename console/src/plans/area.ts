import { IconFileText, IconPlus } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "plans",
  screens: [
    screen("/plans", () => import("./plan-list.tsx"), "PlanList"),
    screen("/plans/new", () => import("./new-plan.tsx"), "NewPlanPage"),
    screen("/plans/$id", () => import("./plan-record.tsx"), "PlanRecord"),
    screen("/plans/$id/edit", () => import("./edit-plan.tsx"), "EditPlanPage"),
  ],
  navigation: [
    {
      section: "terms",
      to: "/plans",
      label: "plans:title",
      icon: IconFileText,
      permission: "plans.read",
      order: 40,
    },
  ],
  actions: [{ label: "plans:create", to: "/plans/new", icon: IconPlus, permission: "plans.write" }],
};
