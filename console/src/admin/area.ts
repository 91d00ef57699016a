import {
  IconHistory,
  IconKey,
  IconMail,
  IconMap2,
  IconShieldLock,
  IconUserPlus,
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
    screen("/regions", () => import("./region-list.tsx"), "RegionList"),
  ],
  navigation: [
    { ...people, to: "/users", label: "admin:users", icon: IconUsersGroup, key: "u", order: 10 },
    { ...people, to: "/invitations", label: "admin:invitations", icon: IconMail, order: 20 },
    { ...people, to: "/roles", label: "admin:roles", icon: IconShieldLock, order: 30 },
    { section: "admin", to: "/api-keys", label: "admin:apiKeys", icon: IconKey, order: 40 },
    { section: "admin", to: "/audit", label: "admin:audit", icon: IconHistory, permission: "audit.read", order: 50 },
    {
      section: "admin",
      to: "/regions",
      label: "admin:regions",
      icon: IconMap2,
      permission: "programs.read",
      order: 60,
    },
  ],
  finders: [{ kind: "user", label: "admin:users", icon: IconUsersGroup, to: (id) => `/users/${id}` }],
  actions: [
    { label: "admin:invite", to: "/invitations?new=1", icon: IconUserPlus, permission: "users.write" },
    { label: "admin:createKey", to: "/api-keys?new=1", icon: IconKey },
  ],
};
