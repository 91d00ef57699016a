import { IconTableImport } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "bulk",
  screens: [
    screen("/bulk-changes", () => import("./bulk-list.tsx"), "BulkList"),
    screen("/bulk-changes/$id", () => import("./bulk-record.tsx"), "BulkRecordPage"),
  ],
  navigation: [
    {
      ...{ section: "partners", to: "/bulk-changes", label: "bulk:title", icon: IconTableImport },
      ...{ permission: "partners.write", order: 82 },
    },
  ],
  actions: [{ label: "bulk:create", to: "/bulk-changes?new=1", icon: IconTableImport, permission: "partners.write" }],
};
