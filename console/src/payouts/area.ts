import {
  IconBuildingBank,
  IconCash,
  IconGauge,
  IconListCheck,
  IconMailQuestion,
  IconPlugConnected,
  IconPlus,
} from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

const READ = { section: "money", permission: "payouts.read" } as const;

export const area: Area = {
  name: "payouts",
  screens: [
    screen("/payout-batches", () => import("./batch-list.tsx"), "BatchList"),
    screen("/payout-batches/$id", () => import("./batch-record.tsx"), "BatchRecord"),
    screen("/payouts", () => import("./payout-list.tsx"), "PayoutList"),
    screen("/payouts/$id", () => import("./payout-record.tsx"), "PayoutRecord"),
    screen("/payout-accounts", () => import("./source-list.tsx"), "AccountList"),
    screen("/payout-connections", () => import("./source-list.tsx"), "ConnectionList"),
    screen("/payout-accounts/$id", () => import("./source-record.tsx"), "SourceRecord"),
    screen("/payout-limits", () => import("./limit-list.tsx"), "LimitList"),
    screen("/payout-reports", () => import("./report-list.tsx"), "ReportList"),
  ],
  navigation: [
    { ...READ, to: "/payout-batches", label: "payouts:batches", icon: IconListCheck, key: "b", order: 15 },
    { ...READ, to: "/payouts", label: "payouts:title", icon: IconCash, order: 16 },
    { ...READ, to: "/payout-reports", label: "payouts:reports", icon: IconMailQuestion, order: 17 },
    { ...READ, section: "admin", to: "/payout-accounts", label: "payouts:accounts", icon: IconBuildingBank, order: 61 },
    {
      ...READ,
      section: "admin",
      to: "/payout-connections",
      label: "payouts:connections",
      icon: IconPlugConnected,
      order: 62,
    },
    { ...READ, section: "admin", to: "/payout-limits", label: "payouts:limits", icon: IconGauge, order: 63 },
  ],
  actions: [{ label: "payouts:newBatch", to: "/payout-batches?new=1", icon: IconPlus, permission: "payouts.write" }],
};
