import { IconWebhook } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "webhooks",
  screens: [
    screen("/webhooks", () => import("./webhook-list.tsx"), "WebhookList"),
    screen("/webhooks/$id", () => import("./webhook-record.tsx"), "WebhookRecord"),
  ],
  navigation: [
    {
      section: "admin",
      to: "/webhooks",
      label: "webhooks:title",
      icon: IconWebhook,
      permission: "settings.read",
      order: 45,
    },
  ],
};
