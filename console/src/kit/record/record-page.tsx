import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import page from "../page.module.css";
import { PageHeader, type PageHeaderProps } from "../page.tsx";
import { ProblemState } from "../problem-state.tsx";
import { useShortcuts } from "../shortcuts.ts";
import { Timeline, type TimelineEntry } from "../timeline.tsx";
import { type Tone, toneStyle } from "../tone.ts";
import css from "./record.module.css";
import { RecordSkeleton } from "./record-skeleton.tsx";

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

export interface RecordTab {
  readonly id: string;
  readonly label: string;
  readonly content: () => ReactNode;
  /** Shown beside the label: how many there are. */
  readonly count?: number;
}

/** The one thing to do next, and why. */
export interface NextStep {
  readonly title: string;
  readonly text?: string;
  readonly tone?: Tone;
  readonly action?: ReactNode;
}

interface RecordPageProps extends PageHeaderProps {
  readonly facts?: readonly Fact[];
  readonly next?: NextStep | undefined;
  readonly tabs: readonly RecordTab[];
  readonly timeline?: readonly TimelineEntry[] | undefined;
  /** Between the facts and the tabs (a process' stages). */
  readonly above?: ReactNode;
}

/** State, key facts and the one next step on top; tabs (in the address); what happened at the side. */
export function RecordPage({ facts, next, tabs, timeline, above, ...header }: RecordPageProps) {
  const { t } = useTranslation("kit");
  return (
    <div className={`${page.page} ${page.scrolling}`}>
      <PageHeader {...header} />
      <div className={css.top}>
        {next === undefined ? null : <NextLine step={next} />}
        {facts === undefined ? null : <Facts facts={facts} />}
      </div>
      {above}
      <div className={`${css.columns} ${timeline === undefined ? css.alone : ""}`}>
        <RecordTabs tabs={tabs} />
        {timeline === undefined ? null : (
          <aside className={css.side} aria-label={t("record.history")}>
            <h2>{t("record.history")}</h2>
            {timeline.length === 0 ? (
              t("record.noHistory")
            ) : (
              <Timeline entries={timeline} label={t("record.history")} />
            )}
          </aside>
        )}
      </div>
    </div>
  );
}

/** The next step by itself, where a page begins with it. */
export function NextLine({ step }: { readonly step: NextStep }) {
  return (
    <div className={css.next} style={toneStyle(step.tone ?? "info")}>
      <div>
        <b>{step.title}</b>
        {step.text === undefined ? null : <p>{step.text}</p>}
      </div>
      {step.action}
    </div>
  );
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={css.facts}>
      {facts.map((fact) => (
        <div key={fact.label} className={css.fact}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function RecordTabs({ tabs }: { readonly tabs: readonly RecordTab[] }) {
  const { t } = useTranslation("kit");
  const search: Record<string, string> = useSearch({ strict: false });
  const navigate = useNavigate();
  const first = tabs[0]?.id ?? "";
  const current = tabs.some((tab) => tab.id === search.tab) ? (search.tab ?? first) : first;
  const choose = (id: string | null) =>
    void navigate({ to: ".", search: id === first ? {} : { tab: id ?? first }, replace: true });
  useShortcuts(
    tabs.slice(0, 9).map((tab, index) => ({
      keys: String(index + 1),
      label: tab.label,
      group: t("keys.tabs"),
      run: () => choose(tab.id),
    })),
  );
  if (tabs.length === 1) return <div className={css.panel}>{tabs[0]?.content()}</div>;
  return (
    <Tabs value={current} onChange={choose} className={css.tabs ?? ""}>
      <Tabs.List px={10} className={css.tabList}>
        {tabs.map((tab) => (
          <Tabs.Tab
            key={tab.id}
            value={tab.id}
            fz="sm"
            rightSection={
              tab.count === undefined ? null : <span style={{ color: "var(--mantine-color-dimmed)" }}>{tab.count}</span>
            }
          >
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.id} value={tab.id} className={css.panel ?? ""}>
          {tab.id === current ? tab.content() : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

interface LoadedProps<T> {
  readonly query: { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly children: (data: T) => ReactNode;
  readonly waiting?: ReactNode;
}

/** Shows a record when it is there; its outline before; what went wrong, with "try again". */
export function Loaded<T>({ query, children, waiting }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemState error={query.error} retry={() => void query.refetch()} />;
  return waiting ?? <RecordSkeleton />;
}
