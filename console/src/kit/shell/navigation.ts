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

/** The entry whose screen this is: the one with the longest path that the address starts with. */
export function currentEntry(entries: readonly NavigationEntry[], pathname: string): NavigationEntry | undefined {
  const leads = entries.filter(
    (entry) => pathname === entry.to || (entry.to !== "/" && pathname.startsWith(`${entry.to}/`)),
  );
  return leads.toSorted((a, b) => b.to.length - a.to.length)[0];
}
