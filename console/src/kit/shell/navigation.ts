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

/** More entries than this do not fit on a screen: then sections are folded. */
const MANY = 24;
/** Sections that are open before somebody has folded or opened anything. */
const OPEN_AT_FIRST = 3;

/** Which sections show their entries: what the person chose, else the first few; the one of the present screen always does. */
export function openSections(
  groups: readonly { readonly section: Section; readonly items: readonly NavigationEntry[] }[],
  current: NavigationEntry | undefined,
  chosen: Readonly<Partial<Record<Section, boolean>>>,
): ReadonlySet<Section> {
  const many = groups.reduce((sum, group) => sum + group.items.length, 0) > MANY;
  const open = groups.filter(
    ({ section, items }, index) =>
      items.length < 2 || current?.section === section || (chosen[section] ?? (!many || index < OPEN_AT_FIRST)),
  );
  return new Set(open.map(({ section }) => section));
}

/** The entry whose screen this is: the one with the longest path that the address starts with. */
export function currentEntry(entries: readonly NavigationEntry[], pathname: string): NavigationEntry | undefined {
  const leads = entries.filter(
    (entry) => pathname === entry.to || (entry.to !== "/" && pathname.startsWith(`${entry.to}/`)),
  );
  return leads.toSorted((a, b) => b.to.length - a.to.length)[0];
}
