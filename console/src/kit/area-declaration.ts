import type { Icon } from "@tabler/icons-react";
import type { ComponentType } from "react";

/** A page of the console: its path and where its component lives; the code is fetched when somebody goes there. */
export interface Screen {
  readonly path: string;
  readonly load: () => Promise<Record<string, unknown>>;
  readonly component: string;
}

/** `screen("/partners/$id", () => import("./partner-record.tsx"), "PartnerRecord")`. */
export function screen<M extends Record<string, unknown>>(
  path: string,
  load: () => Promise<M>,
  component: { [K in keyof M]: M[K] extends ComponentType ? K : never }[keyof M] & string,
): Screen {
  return { path, load, component };
}

/** The jobs by which people navigate, in this order. A section without a visible entry is not shown. */
export const SECTIONS = [
  "today",
  "partners",
  "onboarding",
  "terms",
  "programs",
  "tracking",
  "money",
  "quality",
  "cases",
  "reports",
  "knowledge",
  "admin",
] as const;
/** What the portal shows a partner, in this order. */
export const PORTAL_SECTIONS = ["home", "promote", "earnings", "help", "settings"] as const;
export type Section = (typeof SECTIONS)[number] | (typeof PORTAL_SECTIONS)[number];

export interface NavigationEntry {
  readonly section: Section;
  readonly to: string;
  /** Catalogue key with its area: "partners:title". */
  readonly label: string;
  readonly icon: Icon;
  /** The letter after g. */
  readonly key?: string;
  /** Permission without which the entry is not shown. */
  readonly permission?: string;
  /** Place within the section; default 50. */
  readonly order?: number;
  /** Shown in the bottom bar of a telephone (four have room). */
  readonly onPhone?: boolean;
}

/** Where the command palette leads when `GET /v1/search?q=` found a record of this kind. */
export interface Finder {
  /** The API's word for the kind of record: "partner", "offer". */
  readonly kind: string;
  /** Catalogue key of the group's title. */
  readonly label: string;
  readonly icon: Icon;
  /** @param partnerId given for what stands on a partner's page */
  readonly to: (id: string, partnerId?: string) => string;
  /** Catalogue key for what the API says beside the title, where that is a code; else it is shown as it is. */
  readonly detail?: (detail: string) => string;
}

/** Something to do from anywhere: `to` leads to the screen that does it. */
export interface PaletteAction {
  readonly label: string;
  readonly to: string;
  readonly icon: Icon;
  readonly permission?: string;
  readonly keywords?: readonly string[];
}

/** What an area adds to the console. `console/src/<area>/area.ts` exports it as `area`; it is found by its file name. */
export interface Area {
  readonly name: string;
  readonly screens: readonly Screen[];
  readonly navigation?: readonly NavigationEntry[];
  readonly finders?: readonly Finder[];
  readonly actions?: readonly PaletteAction[];
}
