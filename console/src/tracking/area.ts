import { IconBroadcast, IconLink, IconPlug, IconPlus, IconTicket } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "tracking",
  screens: [
    screen("/links", () => import("./link-list.tsx"), "LinkList"),
    screen("/links/$id", () => import("./link-record.tsx"), "LinkRecord"),
    screen("/codes", () => import("./code-list.tsx"), "CodeList"),
    screen("/event-sources", () => import("./source-list.tsx"), "SourceList"),
    screen("/event-sources/$id", () => import("./source-record.tsx"), "SourceRecord"),
    screen("/intake", () => import("./intake-list.tsx"), "IntakeList"),
    screen("/intake/$id", () => import("./receipt-record.tsx"), "ReceiptRecord"),
  ],
  navigation: [
    {
      section: "programs",
      to: "/links",
      label: "tracking:links",
      icon: IconLink,
      key: "l",
      permission: "links.read",
      order: 30,
    },
    {
      section: "programs",
      to: "/codes",
      label: "tracking:codes",
      icon: IconTicket,
      permission: "links.read",
      order: 40,
    },
    {
      section: "tracking",
      to: "/intake",
      label: "tracking:intake",
      icon: IconBroadcast,
      key: "i",
      permission: "intake.read",
      order: 10,
      onPhone: true,
    },
    {
      section: "tracking",
      to: "/event-sources",
      label: "tracking:sources",
      icon: IconPlug,
      permission: "links.read",
      order: 30,
    },
  ],
  finders: [{ kind: "link", label: "tracking:links", icon: IconLink, to: (id) => `/links/${id}` }],
  actions: [{ label: "tracking:createLink", to: "/links?new=1", icon: IconPlus, permission: "links.write" }],
};
