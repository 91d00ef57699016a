import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { type Icon, IconArrowRight, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../api/records.ts";
import type { Finder, NavigationEntry, PaletteAction } from "../area-declaration.ts";
import { useGo } from "../link.tsx";
import { paletteStore } from "./palette-store.ts";
import css from "./shell.module.css";

interface PaletteProps {
  readonly entries: readonly NavigationEntry[];
  readonly finders: readonly Finder[];
  readonly actions: readonly PaletteAction[];
}

interface Found {
  readonly kind: string;
  readonly id: string;
  readonly partnerId?: string | null;
  readonly title: string;
  readonly detail?: string | null;
}

/** ⌘K: records by `GET /v1/search`, screens, actions. */
export function Palette({ entries, finders, actions }: PaletteProps) {
  const { t } = useTranslation("kit");
  const [query, setQuery] = useState("");
  const [q] = useDebouncedValue(query.trim(), 160);
  const found = useRecord<{ data: readonly Found[] }>("/search", { q, limit: 20 }, { enabled: q.length >= 2 });
  const records = q.length < 2 || query.trim().length < 2 ? [] : (found.data?.data ?? []);
  useFirstSelected(`${query}:${records.map((record) => record.id).join()}`);
  const matches = (words: string) => words.toLowerCase().includes(query.trim().toLowerCase());
  // kinds whose records are called so stand before those in which the words stand somewhere else
  const called = new Set(records.filter((record) => matches(record.title)).map((record) => record.kind));
  const kinds = [...finders].sort((a, b) => Number(called.has(b.kind)) - Number(called.has(a.kind)));
  const screens = entries.filter((entry) => matches(t(entry.label)));
  const deeds = actions.filter((action) => matches([t(action.label), ...(action.keywords ?? [])].join(" ")));
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={440}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      radius="lg"
      attributes={{ content: { "aria-label": t("palette.open") } }}
    >
      <Spotlight.Search
        placeholder={t("palette.placeholder")}
        leftSection={<IconSearch size={16} />}
        aria-label={t("palette.open")}
      />
      <Spotlight.ActionsList>
        {kinds.map((finder) => (
          <PaletteGroup key={finder.kind} label={t(finder.label)}>
            {records
              .filter((record) => record.kind === finder.kind)
              .map((record) => (
                <PaletteItem
                  key={record.id}
                  icon={finder.icon}
                  label={record.title}
                  detail={detailText(finder, record.detail, t)}
                  to={finder.to(record.id, record.partnerId ?? undefined)}
                />
              ))}
          </PaletteGroup>
        ))}
        <PaletteGroup label={t("palette.actions")}>
          {deeds.map((action) => (
            <PaletteItem key={action.label} icon={action.icon} label={t(action.label)} to={action.to} />
          ))}
        </PaletteGroup>
        <PaletteGroup label={t("palette.screens")}>
          {screens.map((entry) => (
            <PaletteItem key={entry.to} icon={entry.icon} label={t(entry.label)} to={entry.to} keys={entry.key} />
          ))}
        </PaletteGroup>
        {records.length + deeds.length + screens.length === 0 ? (
          <Spotlight.Empty>{found.isFetching ? t("loading") : t("palette.nothing")}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function detailText(finder: Finder, detail: string | null | undefined, t: (key: string) => string): string | undefined {
  if (detail === null || detail === undefined) return undefined;
  return finder.detail === undefined ? detail : t(finder.detail(detail));
}

/** Enter takes the first result at once, also when the records arrive after the screens. */
function useFirstSelected(results: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: new results are the occasion, not an input
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const list = document.querySelector(".mantine-Spotlight-actionsList");
      for (const selected of list?.querySelectorAll("[data-selected]") ?? []) selected.removeAttribute("data-selected");
      list?.querySelector("[data-action]")?.setAttribute("data-selected", "true");
      paletteStore.updateState((state) => ({ ...state, selected: 0 }));
    });
    return () => cancelAnimationFrame(frame);
  }, [results]);
}

function PaletteGroup({ label, children }: { readonly label: string; readonly children: readonly React.ReactNode[] }) {
  return children.length === 0 ? null : <Spotlight.ActionsGroup label={label}>{children}</Spotlight.ActionsGroup>;
}

interface PaletteItemProps {
  readonly icon: Icon;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly to: string;
  readonly keys?: string | undefined;
}

function PaletteItem({ icon: Shown, label, detail, to, keys }: PaletteItemProps) {
  const go = useGo();
  return (
    <Spotlight.Action onClick={() => go(to)}>
      <span className={css.result}>
        <Shown size={16} stroke={1.7} aria-hidden="true" />
        <b>{label}</b>
        <small>{detail}</small>
        {keys === undefined ? <IconArrowRight size={13} aria-hidden="true" /> : <kbd>{`g ${keys}`}</kbd>}
      </span>
    </Spotlight.Action>
  );
}
