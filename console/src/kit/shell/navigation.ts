import type { NavigationEntry, Section } from "../area-declaration.ts";

/** Entries in the order of their sections, then of their own place; sections without an entry are left out. */
export function sectionsOf(
  entries: readonly NavigationEntry[],
  sections: readonly Section[],
): readonly { readonly section: Section; readonly items: readonly NavigationEntry[] }[] {
  return sections
    .map((section) => ({
      section,
      items: entries.filter((entry) => entry.section === section).toSorted((a, b) => (a.order ?? 50) - (b.order ?? 50)),
    }))
    .filter((group) => group.items.length > 0);
}
