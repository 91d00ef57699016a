import { IconComponents, IconList } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

/** The kit's components with figures made up in the browser; exists while developing only. */
export const area: Area = {
  name: "showcase",
  screens: [
    screen("/showcase", () => import("./showcase-parts.tsx"), "ShowcaseParts"),
    screen("/showcase/list", () => import("./showcase-list.tsx"), "ShowcaseList"),
    screen("/showcase/record", () => import("./showcase-record.tsx"), "ShowcaseRecord"),
  ],
  navigation: [
    { section: "knowledge", to: "/showcase", label: "showcase:parts", icon: IconComponents, key: "x" },
    { section: "knowledge", to: "/showcase/list", label: "showcase:list", icon: IconList, key: "y" },
  ],
};
