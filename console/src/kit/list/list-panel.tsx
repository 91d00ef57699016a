import { useMediaQuery } from "@mantine/hooks";
import { type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../empty-state.tsx";
import { useGo } from "../link.tsx";
import { ProblemState } from "../problem-state.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { CardList } from "./card-list.tsx";
import { DataTable } from "./data-table.tsx";
import css from "./list.module.css";
import type { ListDeclaration } from "./list-declaration.ts";
import { ListFoot } from "./list-foot.tsx";
import { isChanged, withFilters, withValue } from "./list-query.ts";
import { ListSkeleton } from "./list-skeleton.tsx";
import { ListToolbar, ListTools } from "./list-toolbar.tsx";
import { RowPreview } from "./row-preview.tsx";
import { type ListModel, useList } from "./use-list.ts";
import { useListKeys } from "./use-list-keys.ts";
import { ViewTabs } from "./view-tabs.tsx";

interface ListPanelProps<T> extends ListDeclaration<T> {
  /** Inside a record's tab: a frame of its own, and a state that is not in the address. */
  readonly embedded?: boolean;
}

/** Views, toolbar, table, preview, bulk bar and foot: a whole list without the page's head. */
export function ListPanel<T>({ embedded = false, ...list }: ListPanelProps<T>) {
  const model = useList(list, embedded);
  const phone = useMediaQuery("(max-width: 48em)") ?? false;
  const go = useGo();
  const searchField = useRef<HTMLInputElement>(null);
  const openRow = (row: T) => list.open !== undefined && go(list.open(row));
  const rowState = useRowState(list, model, openRow, searchField);
  const { activeId, setActive, active, previewing, setPreviewing, selected, setSelected } = rowState;
  const { pages } = model;
  // without search and filters a bar would be empty: its two tools stand in the foot
  const bare = embedded && list.search === undefined && model.filters.length === 0;
  const onEnd = () => void (pages.hasNextPage && !pages.isFetchingNextPage && !pages.isError && pages.fetchNextPage());
  const placeholder = <Placeholder list={list} model={model} />;
  const shared = {
    label: list.title,
    rows: model.rows,
    rowId: list.rowId,
    columns: list.columns,
    open: list.open,
    onOpen: openRow,
    onEnd,
    placeholder,
  };
  return (
    <div className={`${css.list} ${embedded ? css.embedded : ""}`} style={{ position: "relative" }}>
      {model.views.length < 2 && !embedded ? null : model.views.length === 0 ? null : (
        <ViewTabs model={model} label={list.title} />
      )}
      {list.above}
      {bare ? null : <ListToolbar list={list} model={model} searchField={searchField} />}
      <div className={css.main}>
        <div className={css.mainTable}>
          {phone ? (
            <CardList {...shared} />
          ) : (
            <DataTable
              {...shared}
              sort={model.state.sort}
              onSort={(sort) => model.setSearch(withValue(model.search, "sort", sort))}
              hidden={model.memory.hidden}
              widths={model.memory.widths}
              onWidths={(widths) => model.setMemory({ ...model.memory, widths })}
              selected={list.bulk === undefined ? null : selected}
              onSelected={setSelected}
              activeId={activeId}
              onActive={setActive}
            />
          )}
          <ListFoot model={model} tools={bare ? <ListTools list={list} model={model} /> : null} />
        </div>
        {previewing && active !== undefined && list.preview !== undefined ? (
          <RowPreview phone={phone} to={list.open?.(active)} onClose={() => setPreviewing(false)}>
            {list.preview(active)}
          </RowPreview>
        ) : null}
      </div>
      <BulkBar
        list={list}
        rows={model.rows}
        selected={selected}
        onClear={() => setSelected({})}
        more={pages.hasNextPage}
        query={model.query}
      />
    </div>
  );
}

/** Which row is active, previewed, ticked; the keys that change it. */
function useRowState<T>(
  list: ListDeclaration<T>,
  model: ListModel<T>,
  openRow: (row: T) => void,
  searchField: RefObject<HTMLInputElement | null>,
) {
  const [activeId, setActive] = useState<string | null>(null);
  const [previewing, setPreviewing] = useState(false);
  const [selected, setSelected] = useState<Record<string, true>>({});
  const active = model.rows.find((row) => list.rowId(row) === activeId);
  const state = { activeId, setActive, active, previewing, setPreviewing, selected, setSelected };
  useListKeys({ ...state, list, rows: model.rows, openRow, searchField });
  return state;
}

/** What stands where the rows would be: they are coming, they could not be had, there are none (yet, or none like this). */
function Placeholder<T>({ list, model }: { readonly list: ListDeclaration<T>; readonly model: ListModel<T> }) {
  const { t } = useTranslation("kit");
  const { pages, rows, search, setSearch, filters, state } = model;
  if (rows.length > 0) return null;
  if (pages.isPending) return <ListSkeleton />;
  if (pages.isError) return <ProblemState error={pages.error} retry={() => void pages.refetch()} />;
  const own = isChanged(search, filters) ? undefined : state.view?.empty;
  if (own !== undefined) return <EmptyState {...own} />;
  const narrowed = isChanged(search, filters) || Object.keys(state.filters).length > 0;
  if (!narrowed) return <EmptyState {...list.empty} />;
  const clear = () => setSearch(withValue(withFilters(search, filters, {}), "q", undefined));
  const view = isChanged(search, filters) ? undefined : state.view;
  return (
    <EmptyState
      title={t(view === undefined ? "list.noMatch" : "list.noneInView")}
      text={view === undefined ? t("list.noMatchText") : t("list.noneInViewText", { view: view.label })}
      action={
        <button type="button" className={css.tab} onClick={clear}>
          {t(view === undefined ? "list.clearFilters" : "list.showAll")}
        </button>
      }
    />
  );
}
