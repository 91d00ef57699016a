import { IconBook2, IconFileInvoice, IconReceipt, IconScale } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "money",
  screens: [
    screen("/statements", () => import("./statement-list.tsx"), "StatementList"),
    screen("/statements/$id", () => import("./statement-record.tsx"), "StatementRecord"),
    screen("/lines", () => import("./line-list.tsx"), "LineList"),
    screen("/ledger", () => import("./ledger-page.tsx"), "LedgerPage"),
    screen("/adjustments", () => import("./adjustment-list.tsx"), "AdjustmentList"),
  ],
  navigation: [
    {
      section: "money",
      to: "/statements",
      label: "money:statements",
      icon: IconFileInvoice,
      key: "s",
      permission: "statements.read",
      order: 10,
      onPhone: true,
    },
    {
      section: "money",
      to: "/lines",
      label: "money:lines",
      icon: IconReceipt,
      key: "m",
      permission: "statements.read",
      order: 20,
    },
    {
      section: "money",
      to: "/adjustments",
      label: "money:adjustments",
      icon: IconScale,
      permission: "statements.read",
      order: 30,
    },
    { section: "money", to: "/ledger", label: "money:ledger", icon: IconBook2, permission: "ledger.read", order: 40 },
  ],
};
