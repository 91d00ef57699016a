import { IconFileCertificate, IconListSearch, IconScale, IconShieldSearch, IconWorldSearch } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "compliance",
  screens: [
    screen("/screening", () => import("./hit-list.tsx"), "HitList"),
    screen("/screening/$id", () => import("./hit-record.tsx"), "HitRecord"),
    screen("/screening-lists", () => import("./list-list.tsx"), "ListList"),
    screen("/screening-lists/$id", () => import("./list-record.tsx"), "ListRecord"),
    screen("/documents", () => import("./document-list.tsx"), "DocumentList"),
    screen("/documents/$id", () => import("./document-record.tsx"), "DocumentRecord"),
    screen("/sites", () => import("./site-list.tsx"), "SiteList"),
    screen("/sites/$id", () => import("./site-record.tsx"), "SiteRecord"),
    screen("/due-diligence-rules", () => import("./rule-book-list.tsx"), "RuleBookList"),
    screen("/due-diligence-rules/$id", () => import("./rule-book-record.tsx"), "RuleBookRecord"),
  ],
  navigation: [
    {
      section: "onboarding",
      to: "/screening",
      label: "compliance:title",
      icon: IconShieldSearch,
      permission: "compliance.read",
      order: 70,
    },
    {
      section: "admin",
      to: "/screening-lists",
      label: "compliance:lists",
      icon: IconListSearch,
      permission: "compliance.read",
      order: 71,
    },
    {
      section: "onboarding",
      to: "/documents",
      label: "compliance:documents.title",
      icon: IconFileCertificate,
      permission: "documents.read",
      order: 72,
    },
    {
      section: "onboarding",
      to: "/sites",
      label: "compliance:sites.title",
      icon: IconWorldSearch,
      permission: "compliance.read",
      order: 73,
    },
    {
      section: "admin",
      to: "/due-diligence-rules",
      label: "compliance:rules.title",
      icon: IconScale,
      permission: "compliance.read",
      order: 74,
    },
  ],
};
