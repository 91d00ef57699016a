import { IconArrowsJoin2, IconBuildingBank, IconCalculator } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "reconciliation",
  screens: [
    screen("/reconciliation", () => import("./bank-page.tsx"), "BankPage"),
    screen("/reconciliation/entries/$id", () => import("./entry-record.tsx"), "EntryRecord"),
    screen("/reconciliation/files/$id", () => import("./bank-file-record.tsx"), "BankFileRecord"),
    screen("/reconciliation/comparisons", () => import("./comparison-list.tsx"), "ComparisonList"),
    screen("/reconciliation/comparisons/$id", () => import("./comparison-record.tsx"), "ComparisonRecord"),
    screen("/reconciliation/comparison-files/$id", () => import("./side-file-record.tsx"), "SideFileRecord"),
    screen("/reconciliation/results/$id", () => import("./result-record.tsx"), "ResultRecord"),
    screen("/accounting", () => import("./accounting-page.tsx"), "AccountingPage"),
  ],
  navigation: [
    {
      section: "money",
      to: "/reconciliation",
      label: "reconciliation:bank",
      icon: IconBuildingBank,
      permission: "reconciliation.read",
      order: 70,
    },
    {
      section: "money",
      to: "/reconciliation/comparisons",
      label: "reconciliation:comparisons",
      icon: IconArrowsJoin2,
      permission: "reconciliation.read",
      order: 80,
    },
    {
      section: "money",
      to: "/accounting",
      label: "reconciliation:accounting",
      icon: IconCalculator,
      permission: "ledger.read",
      order: 90,
    },
  ],
};
