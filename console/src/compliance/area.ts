import { IconListSearch, IconShieldSearch } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "compliance",
  screens: [
    screen("/screening", () => import("./hit-list.tsx"), "HitList"),
    screen("/screening/$id", () => import("./hit-record.tsx"), "HitRecord"),
    screen("/screening-lists", () => import("./list-list.tsx"), "ListList"),
    screen("/screening-lists/$id", () => import("./list-record.tsx"), "ListRecord"),
  ],
  navigation: [
    {
      section: "partners",
      to: "/screening",
      label: "compliance:title",
      icon: IconShieldSearch,
      permission: "compliance.read",
      order: 70,
    },
    {
      section: "partners",
      to: "/screening-lists",
      label: "compliance:lists",
      icon: IconListSearch,
      permission: "compliance.read",
      order: 71,
    },
  ],
};
