import type { Area } from "../kit/area-declaration.ts";

interface AreaFile {
  readonly area: Area;
}

/** `console/src/portal/area.ts`: what the portal shows a partner. */
const files = import.meta.glob<AreaFile>("../portal/area.ts", { eager: true });

export const portalAreas: readonly Area[] = Object.values(files).map((file) => file.area);
