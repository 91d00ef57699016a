import { IconFileCheck, IconFileText, IconGavel, IconPlus } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "agreements",
  screens: [
    screen("/agreements", () => import("./agreement-list.tsx"), "AgreementList"),
    screen("/agreement-rules", () => import("./rules-page.tsx"), "RulesPage"),
    screen("/agreements/$id", () => import("./agreement-record.tsx"), "AgreementRecord"),
    screen("/plans", () => import("./plan-list.tsx"), "PlanList"),
    screen("/plans/$id", () => import("./plan-record.tsx"), "PlanRecord"),
  ],
  navigation: [
    {
      section: "partners",
      to: "/agreements",
      label: "agreements:title",
      icon: IconFileCheck,
      key: "a",
      permission: "agreements.read",
      order: 30,
    },
    {
      section: "partners",
      to: "/plans",
      label: "agreements:plans",
      icon: IconFileText,
      permission: "plans.read",
      order: 40,
    },
    {
      section: "partners",
      to: "/agreement-rules",
      label: "agreements:rules",
      icon: IconGavel,
      permission: "agreements.read",
      order: 50,
    },
  ],
  actions: [
    { label: "agreements:propose", to: "/agreements?new=1", icon: IconPlus, permission: "agreements.write" },
    { label: "agreements:createPlan", to: "/plans?new=1", icon: IconPlus, permission: "plans.write" },
  ],
};
