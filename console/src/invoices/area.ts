import { IconFileDollar, IconFileSettings, IconFileTime } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "invoices",
  screens: [
    screen("/invoices", () => import("./invoice-list.tsx"), "InvoiceList"),
    screen("/invoices/waiting", () => import("./waiting-list.tsx"), "WaitingList"),
    screen("/invoices/settings", () => import("./settings-page.tsx"), "SettingsPage"),
    screen("/invoices/$id", () => import("./invoice-record.tsx"), "InvoiceRecord"),
  ],
  navigation: [
    {
      section: "money",
      to: "/invoices",
      label: "invoices:title",
      icon: IconFileDollar,
      permission: "invoices.read",
      order: 34,
    },
    {
      section: "money",
      to: "/invoices/waiting",
      label: "invoices:waiting",
      icon: IconFileTime,
      permission: "invoices.read",
      order: 35,
    },
    {
      section: "admin",
      to: "/invoices/settings",
      label: "invoices:settings",
      icon: IconFileSettings,
      permission: "invoices.read",
      order: 64,
    },
  ],
};
