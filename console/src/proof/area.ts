import { IconTestPipe } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "proof",
  screens: [
    screen("/tests", () => import("./test-list.tsx"), "AllTests"),
    screen("/tests/$id", () => import("./test-record.tsx"), "TestRecord"),
    screen("/set-up/$partnerId/$offerId", () => import("./sheet-page.tsx"), "SheetPage"),
  ],
  navigation: [
    {
      section: "tracking",
      to: "/tests",
      label: "proof:tests",
      icon: IconTestPipe,
      permission: "links.read",
      order: 20,
    },
  ],
  actions: [
    { label: "proof:newLinkTest", to: "/tests?new=link", icon: IconTestPipe, permission: "links.write" },
    { label: "proof:newPostbackTest", to: "/tests?new=postback", icon: IconTestPipe, permission: "links.write" },
  ],
};
