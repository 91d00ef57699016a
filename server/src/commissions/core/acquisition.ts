import type { Component } from "@tributary/contract";

/** What is paid for customers who qualify. */
export type Acquisition = Extract<Component, { model: "cpa" | "cpl" | "cpa_ladder" }>;

export function isAcquisition(component: Component): component is Acquisition {
  return component.model === "cpa" || component.model === "cpl" || component.model === "cpa_ladder";
}
