import { IconRoute } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "attribution",
  screens: [
    screen("/programs/$id/attribution-rules", () => import("./new-rules.tsx"), "NewRules"),
    screen("/programs/$id/known-customers", () => import("./known-customers.tsx"), "KnownCustomers"),
    screen("/reports/attribution", () => import("./credit-page.tsx"), "CreditPage"),
  ],
  navigation: [
    {
      section: "reports",
      to: "/reports/attribution",
      label: "attribution:credits",
      icon: IconRoute,
      permission: "reports.read",
      order: 40,
    },
  ],
};
