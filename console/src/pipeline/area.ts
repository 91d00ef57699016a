import { IconChecklist, IconLayoutKanban, IconUserSearch } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "pipeline",
  screens: [
    screen("/pipeline", () => import("./lead-board.tsx"), "LeadBoardPage"),
    screen("/leads", () => import("./lead-list.tsx"), "LeadList"),
    screen("/leads/$id", () => import("./lead-record.tsx"), "LeadRecord"),
    screen("/pipeline/forecast", () => import("./forecast-page.tsx"), "ForecastPage"),
    screen("/pipeline/report", () => import("./report-page.tsx"), "ReportPage"),
    screen("/pipeline/routing", () => import("./routing-page.tsx"), "RoutingPage"),
    screen("/pipeline/sources", () => import("./sources-page.tsx"), "SourcesPage"),
    screen("/pipeline/mail", () => import("./mail-page.tsx"), "MailPage"),
    screen("/pipeline/settings", () => import("./settings-page.tsx"), "SettingsPage"),
    screen("/pipeline/import", () => import("./import-page.tsx"), "ImportPage"),
    screen("/application-forms", () => import("./form-list.tsx"), "FormList"),
    screen("/application-forms/$id", () => import("./form-record.tsx"), "FormRecord"),
    screen("/tasks", () => import("./task-list.tsx"), "TaskList"),
  ],
  navigation: [
    {
      section: "onboarding",
      to: "/pipeline",
      label: "pipeline:title",
      icon: IconLayoutKanban,
      permission: "pipeline.read",
      order: 5,
    },
    {
      section: "today",
      to: "/tasks",
      label: "pipeline:tasks",
      icon: IconChecklist,
      permission: "pipeline.read",
      order: 60,
    },
  ],
  finders: [{ kind: "lead", label: "pipeline:leads", icon: IconUserSearch, to: (id) => `/leads/${id}` }],
  actions: [{ label: "pipeline:newLead", to: "/leads?new=1", icon: IconUserSearch, permission: "pipeline.write" }],
};
