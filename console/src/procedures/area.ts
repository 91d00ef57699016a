import { IconBriefcase, IconCalendarTime, IconChartDots, IconListCheck, IconRoute } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "procedures",
  screens: [
    screen("/procedures", () => import("./procedure-list.tsx"), "ProcedureList"),
    screen("/procedures/$id", () => import("./procedure-record.tsx"), "ProcedureRecord"),
    screen("/procedures/$id/edit", () => import("./editor/editor-page.tsx"), "EditorPage"),
    screen("/procedures/$id/handbook", () => import("./handbook-page.tsx"), "HandbookPage"),
    screen("/procedure-cases", () => import("./case-list.tsx"), "CaseList"),
    screen("/procedure-cases/$id", () => import("./case-record.tsx"), "CaseRecord"),
    screen("/procedure-waits", () => import("./wait-list.tsx"), "WaitList"),
    screen("/procedure-bottlenecks", () => import("./bottleneck-page.tsx"), "BottleneckPage"),
    screen("/procedure-calendars", () => import("./calendar-list.tsx"), "CalendarList"),
  ],
  navigation: [
    {
      section: "onboarding",
      to: "/procedure-waits",
      label: "procedures:waits.title",
      icon: IconListCheck,
      permission: "procedures.read",
      order: 10,
    },
    {
      section: "onboarding",
      to: "/procedure-cases",
      label: "procedures:cases.title",
      icon: IconBriefcase,
      permission: "procedures.read",
      order: 20,
    },
    {
      section: "onboarding",
      to: "/procedure-bottlenecks",
      label: "procedures:bottlenecks.title",
      icon: IconChartDots,
      permission: "procedures.read",
      order: 30,
    },
    {
      section: "onboarding",
      to: "/procedures",
      label: "procedures:title",
      icon: IconRoute,
      permission: "procedures.read",
      order: 35,
    },
    {
      section: "admin",
      to: "/procedure-calendars",
      label: "procedures:calendars.title",
      icon: IconCalendarTime,
      permission: "procedures.approve",
      order: 60,
    },
  ],
};
