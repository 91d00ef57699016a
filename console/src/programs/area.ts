import { IconBox, IconGauge, IconPackages, IconPhoto, IconPlus, IconUserQuestion } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "programs",
  screens: [
    screen("/programs", () => import("./program-list.tsx"), "ProgramList"),
    screen("/programs/$id", () => import("./program-record.tsx"), "ProgramRecord"),
    screen("/offers", () => import("./offer-list.tsx"), "OfferList"),
    screen("/offers/$id", () => import("./offer-record.tsx"), "OfferRecord"),
    screen("/creatives", () => import("./creative-list.tsx"), "CreativeList"),
    screen("/offer-requests", () => import("./request-list.tsx"), "RequestList"),
    screen("/caps", () => import("./cap-list.tsx"), "CapList"),
    screen("/caps/$id", () => import("./cap-record.tsx"), "CapRecord"),
    screen("/capped-conversions", () => import("./capped-panel.tsx"), "CappedList"),
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
    {
      section: "programs",
      to: "/caps",
      label: "programs:caps.title",
      icon: IconGauge,
      permission: "programs.read",
      order: 50,
    },
    {
      section: "programs",
      to: "/creatives",
      label: "programs:creatives.title",
      icon: IconPhoto,
      permission: "programs.read",
      order: 55,
    },
    {
      section: "programs",
      to: "/offer-requests",
      label: "programs:requests.title",
      icon: IconUserQuestion,
      permission: "links.read",
      order: 60,
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
