import type { Area } from "../kit/area-declaration.ts";

interface AreaFile {
  readonly area: Area;
}

/** Every `console/src/<area>/area.ts`, found by its name: a new area needs no line anywhere else. The portal's is its own. */
const files = import.meta.glob<AreaFile>(["../*/area.ts", "!../portal/area.ts", "!../showcase/area.ts"], {
  eager: true,
});

/** The kit's show-case exists while developing only; the built program does not contain it. */
const development: readonly AreaFile[] =
  import.meta.env.MODE === "production" ? [] : [await import("../showcase/area.ts")];

export const areas: readonly Area[] = [...Object.values(files), ...development].map((file) => file.area);
