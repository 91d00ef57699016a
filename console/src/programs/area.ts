import { IconBox, IconPackages, IconPlus } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "programs",
  screens: [
    screen("/programs", () => import("./program-list.tsx"), "ProgramList"),
    screen("/programs/$id", () => import("./program-record.tsx"), "ProgramRecord"),
    screen("/offers", () => import("./offer-list.tsx"), "OfferList"),
    screen("/offers/$id", () => import("./offer-record.tsx"), "OfferRecord"),
  ],
  navigation: [
    {
      section: "programs",
      to: "/programs",
      label: "programs:title",
      icon: IconPackages,
      key: "r",
      permission: "programs.read",
      order: 10,
    },
    {
      section: "programs",
      to: "/offers",
      label: "programs:offers",
      icon: IconBox,
      key: "o",
      permission: "programs.read",
      order: 20,
    },
  ],
  finders: [
    { kind: "program", label: "programs:title", icon: IconPackages, to: (id) => `/programs/${id}` },
    { kind: "offer", label: "programs:offers", icon: IconBox, to: (id) => `/offers/${id}` },
  ],
  actions: [
    { label: "programs:create", to: "/programs?new=1", icon: IconPlus, permission: "programs.write" },
    { label: "programs:createOffer", to: "/offers?new=1", icon: IconPlus, permission: "programs.write" },
  ],
};
