import { IconFileCheck, IconGavel, IconPlus } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "agreements",
  screens: [
    screen("/agreements", () => import("./agreement-list.tsx"), "AgreementList"),
    screen("/agreement-rules", () => import("./rules-page.tsx"), "RulesPage"),
    screen("/agreements/$id", () => import("./agreement-record.tsx"), "AgreementRecord"),
  ],
  navigation: [
    {
      section: "terms",
      to: "/agreements",
      label: "agreements:title",
      icon: IconFileCheck,
      key: "a",
      permission: "agreements.read",
      order: 30,
    },
    {
      section: "terms",
      to: "/agreement-rules",
      label: "agreements:rules",
      icon: IconGavel,
      permission: "agreements.read",
      order: 50,
    },
  ],
  actions: [{ label: "agreements:propose", to: "/agreements?new=1", icon: IconPlus, permission: "agreements.write" }],
};
