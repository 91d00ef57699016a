import { IconTimelineEvent, IconUserCheck } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "customers",
  screens: [
    screen("/customers", () => import("./customer-list.tsx"), "CustomerList"),
    screen("/customers/$id", () => import("./customer-record.tsx"), "CustomerRecord"),
    screen("/events", () => import("./event-list.tsx"), "EventList"),
  ],
  navigation: [
    {
      section: "tracking",
      to: "/customers",
      label: "customers:title",
      icon: IconUserCheck,
      key: "c",
      permission: "customers.read",
      order: 15,
    },
    {
      section: "tracking",
      to: "/events",
      label: "customers:events",
      icon: IconTimelineEvent,
      key: "e",
      permission: "events.read",
      order: 20,
    },
  ],
  finders: [
    {
      kind: "customer",
      label: "customers:title",
      icon: IconUserCheck,
      to: (id) => `/customers/${id}`,
      detail: (status) => `customers:state.${status}`,
    },
  ],
};
