import { IconClearAll, IconShieldCheck } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "governance",
  screens: [
    screen("/data-quality", () => import("./quality-page.tsx"), "QualityPage"),
    screen("/data-quality/findings", () => import("./finding-list.tsx"), "FindingList"),
    screen("/data-quality/rules", () => import("./rules-page.tsx"), "RulesPage"),
    screen("/data-quality/tags", () => import("./tag-rules-page.tsx"), "TagRulesPage"),
    screen("/data-quality/definitions", () => import("./definitions-page.tsx"), "DefinitionsPage"),
    screen("/clean-up", () => import("./suggestion-list.tsx"), "SuggestionList"),
  ],
  navigation: [
    {
      section: "partners",
      to: "/data-quality",
      label: "governance:title",
      icon: IconShieldCheck,
      permission: "governance.read",
      order: 80,
    },
    {
      section: "programs",
      to: "/clean-up",
      label: "governance:cleanUp",
      icon: IconClearAll,
      permission: "governance.read",
      order: 80,
    },
  ],
};
