import {
  IconActivity,
  IconAddressBook,
  IconHistory,
  IconKey,
  IconMail,
  IconMap2,
  IconShieldLock,
  IconUserPlus,
  IconUserSearch,
  IconUserShare,
  IconUsersGroup,
} from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

const people = { section: "admin", permission: "users.read" } as const;

export const area: Area = {
  name: "admin",
  screens: [
    screen("/users", () => import("./user-list.tsx"), "UserList"),
    screen("/users/$id", () => import("./user-record.tsx"), "UserRecord"),
    screen("/invitations", () => import("./invitation-list.tsx"), "InvitationList"),
    screen("/roles", () => import("./role-page.tsx"), "RolePage"),
    screen("/api-keys", () => import("./api-key-list.tsx"), "ApiKeyList"),
    screen("/audit", () => import("./audit-list.tsx"), "AuditList"),
    screen("/activity", () => import("./activity-list.tsx"), "ActivityList"),
    screen("/access-check", () => import("./access-check.tsx"), "AccessCheck"),
    screen("/access-grants", () => import("./review-list.tsx"), "HeldGrantList"),
    screen("/access-reviews", () => import("./review-list.tsx"), "ReviewList"),
    screen("/access-reviews/$id", () => import("./review-record.tsx"), "ReviewRecord"),
    screen("/deputies", () => import("./deputy-list.tsx"), "DeputyList"),
    screen("/regions", () => import("./region-list.tsx"), "RegionList"),
  ],
  navigation: [
    { ...people, to: "/users", label: "admin:users", icon: IconUsersGroup, key: "u", order: 10 },
    { ...people, to: "/invitations", label: "admin:invitations", icon: IconMail, order: 20 },
    { ...people, to: "/roles", label: "admin:roles", icon: IconShieldLock, order: 30 },
    { section: "admin", to: "/deputies", label: "admin:deputies", icon: IconUserShare, order: 32 },
    { ...people, to: "/access-reviews", label: "admin:reviews", icon: IconUserSearch, order: 34 },
    { section: "admin", to: "/api-keys", label: "admin:apiKeys", icon: IconKey, order: 40 },
    { section: "admin", to: "/audit", label: "admin:audit", icon: IconHistory, permission: "audit.read", order: 50 },
    {
      section: "admin",
      to: "/activity",
      label: "admin:activity",
      icon: IconActivity,
      permission: "audit.read",
      order: 52,
    },
    {
      section: "admin",
      to: "/regions",
      label: "admin:regions",
      icon: IconMap2,
      permission: "programs.read",
      order: 60,
    },
  ],
  finders: [
    { kind: "user", label: "admin:users", icon: IconUsersGroup, to: (id) => `/users/${id}` },
    {
      kind: "contact",
      label: "admin:contacts",
      icon: IconAddressBook,
      to: (id, partnerId) => `/partners/${partnerId ?? id}?tab=contacts`,
    },
  ],
  actions: [
    { label: "admin:invite", to: "/invitations?new=1", icon: IconUserPlus, permission: "users.write" },
    { label: "admin:checkAccess", to: "/access-check", icon: IconShieldLock, permission: "users.read" },
    { label: "admin:createKey", to: "/api-keys?new=1", icon: IconKey },
  ],
};
