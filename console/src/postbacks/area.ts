import { IconBroadcast } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "postbacks",
  screens: [
    screen("/postbacks", () => import("./postback-list.tsx"), "AllPostbacks"),
    screen("/postbacks/$id", () => import("./postback-record.tsx"), "PostbackRecord"),
  ],
  navigation: [
    {
      section: "tracking",
      to: "/postbacks",
      label: "postbacks:title",
      icon: IconBroadcast,
      key: "b",
      permission: "postbacks.read",
      order: 40,
    },
  ],
};
