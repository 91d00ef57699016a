import { ActionIcon, Drawer, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import {
  IconChevronRight,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconMenu2,
  IconSearch,
} from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NavigationEntry, Section } from "../area-declaration.ts";
import { useGo } from "../link.tsx";
import { usePreference } from "../preferences.ts";
import { useShortcuts } from "../shortcuts.ts";
import { KeyHelp } from "./key-help.tsx";
import { Mark } from "./mark.tsx";
import { currentEntry, openSections, sectionsOf } from "./navigation.ts";
import { openPalette, togglePalette } from "./palette-store.ts";
import css from "./shell.module.css";

interface AppShellProps {
  readonly entries: readonly NavigationEntry[];
  readonly sections: readonly Section[];
  /** Beneath the navigation: program, person. */
  readonly controls: (collapsed: boolean) => ReactNode;
  readonly palette: ReactNode;
  readonly children: ReactNode;
}

/** Navigation by job at the side (a bar and a drawer on a telephone), the screen beside it; palette and keyboard help over it. */
export function AppShell({ entries, sections, controls, palette, children }: AppShellProps) {
  const { t } = useTranslation("kit");
  const [collapsed, setCollapsed] = usePreference("shell:collapsed", false);
  const [drawer, setDrawer] = useState(false);
  const [help, setHelp] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the telephone's navigation
  useEffect(() => setDrawer(false), [pathname]);
  useNavigationKeys(
    entries,
    () => setHelp(true),
    () => setCollapsed(!collapsed),
  );
  const Toggle = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <div className={`${css.shell} ${collapsed ? css.collapsed : ""}`}>
      <a href="#main" className={css.skip}>
        {t("shell.skip")}
      </a>
      <aside className={css.side}>
        <div className={css.top}>
          <span className={css.mark}>
            <Mark />
          </span>
          {collapsed ? null : <span className={css.brand}>{t("product")}</span>}
          <Tooltip label={`${collapsed ? t("shell.expand") : t("shell.collapse")} [`} position="right">
            <ActionIcon
              size={26}
              onClick={() => setCollapsed(!collapsed)}
              aria-label={collapsed ? t("shell.expand") : t("shell.collapse")}
            >
              <Toggle size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
        <FindButton collapsed={collapsed} />
        <Navigation entries={entries} sections={sections} collapsed={collapsed} />
        <div className={css.bottom}>{controls(collapsed)}</div>
      </aside>
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
      <PhoneBar
        entries={sectionsOf(entries, sections).flatMap((group) => group.items)}
        onMenu={() => setDrawer(true)}
      />
      <Drawer opened={drawer} onClose={() => setDrawer(false)} position="left" size={280} title={t("product")}>
        <FindButton collapsed={false} />
        <Navigation entries={entries} sections={sections} collapsed={false} />
        <div className={css.bottom}>{controls(false)}</div>
      </Drawer>
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
      {palette}
    </div>
  );
}

function useNavigationKeys(entries: readonly NavigationEntry[], onHelp: () => void, onCollapse: () => void): void {
  const { t } = useTranslation("kit");
  const go = useGo();
  // here and not in the palette, whose code may still be on its way when somebody presses the keys
  useHotkeys([["mod+K", togglePalette]], []);
  const places = entries.flatMap((entry) =>
    entry.key === undefined
      ? []
      : [{ keys: `g ${entry.key}`, label: t(entry.label), group: t("keys.go"), run: () => go(entry.to) }],
  );
  const group = t("keys.everywhere");
  useShortcuts([
    ...places,
    { keys: "?", label: t("keys.help"), group, run: onHelp },
    { keys: "[", label: t("shell.collapse"), group, run: onCollapse },
  ]);
}

function FindButton({ collapsed }: { readonly collapsed: boolean }) {
  const { t } = useTranslation("kit");
  return (
    <button type="button" className={css.find} onClick={openPalette} aria-label={t("palette.open")}>
      <IconSearch size={14} aria-hidden="true" />
      {collapsed ? null : (
        <>
          <span>{t("palette.short")}</span>
          <kbd>{t("palette.keys")}</kbd>
        </>
      )}
    </button>
  );
}

interface NavigationProps {
  readonly entries: readonly NavigationEntry[];
  readonly sections: readonly Section[];
  readonly collapsed: boolean;
}

function Navigation({ entries, sections, collapsed }: NavigationProps) {
  const { t } = useTranslation("kit");
  const current = currentEntry(entries, useLocation().pathname);
  const [chosen, setChosen] = usePreference<Partial<Record<Section, boolean>>>("shell:sections", {});
  const groups = sectionsOf(entries, sections);
  const open = openSections(groups, current, chosen);
  const nav = useRef<HTMLElement>(null);
  // where one is stands within sight, also after a deep link to a section far below
  // biome-ignore lint/correctness/useExhaustiveDependencies: only arriving somewhere moves the list
  useEffect(() => nav.current?.querySelector("[data-here=true]")?.scrollIntoView({ block: "nearest" }), [current]);
  return (
    <nav ref={nav} className={css.nav} aria-label={t("shell.navigation")}>
      {groups.map(({ section, items }) => (
        <div key={section}>
          {items.length < 2 || collapsed ? null : (
            <button
              type="button"
              className={css.heading}
              aria-expanded={open.has(section)}
              aria-controls={`nav-${section}`}
              onClick={() => setChosen({ ...chosen, [section]: !open.has(section) })}
            >
              {t(`section.${section}`)}
              <IconChevronRight size={12} aria-hidden="true" />
            </button>
          )}
          <ul
            className={css.section}
            id={`nav-${section}`}
            aria-label={t(`section.${section}`)}
            hidden={!collapsed && !open.has(section)}
          >
            {items.map((entry) => (
              <Entry key={entry.to} entry={entry} here={entry === current} collapsed={collapsed} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface EntryProps {
  readonly entry: NavigationEntry;
  readonly here: boolean;
  readonly collapsed: boolean;
}

function Entry({ entry, here, collapsed }: EntryProps) {
  const { t } = useTranslation("kit");
  return (
    <li>
      <Tooltip label={t(entry.label)} position="right" disabled={!collapsed}>
        <Link to={entry.to} className={css.item} data-here={here} aria-label={t(entry.label)}>
          <entry.icon size={16} stroke={1.7} aria-hidden="true" />
          {collapsed ? null : <span>{t(entry.label)}</span>}
        </Link>
      </Tooltip>
    </li>
  );
}

function PhoneBar({ entries, onMenu }: { readonly entries: readonly NavigationEntry[]; readonly onMenu: () => void }) {
  const { t } = useTranslation("kit");
  const current = currentEntry(entries, useLocation().pathname);
  return (
    <nav className={css.phoneBar} aria-label={t("shell.quick")}>
      {entries
        .filter((entry) => entry.onPhone === true)
        .slice(0, 4)
        .map((entry) => (
          <Link key={entry.to} to={entry.to} className={css.phoneItem} data-here={entry === current}>
            <entry.icon size={19} stroke={1.7} aria-hidden="true" />
            <span>{t(entry.label)}</span>
          </Link>
        ))}
      <button type="button" className={css.phoneItem} onClick={onMenu}>
        <IconMenu2 size={19} stroke={1.7} aria-hidden="true" />
        <span>{t("shell.menu")}</span>
      </button>
    </nav>
  );
}
