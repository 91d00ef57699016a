import { IconCalculator } from "@tabler/icons-react";
import { type Area, screen } from "../kit/area-declaration.ts";

export const area: Area = {
  name: "calculator",
  screens: [screen("/calculator", () => import("./calculator-page.tsx"), "CalculatorPage")],
  navigation: [
    {
      section: "terms",
      to: "/calculator",
      label: "calculator:title",
      icon: IconCalculator,
      permission: "plans.read",
      order: 45,
    },
  ],
};
