import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { usePages } from "../../api/records.ts";
import { usePreference } from "../preferences.ts";
import type { ListDeclaration, View } from "./list-declaration.ts";
import { type ListState, type Search, stateOf } from "./list-query.ts";
import { useSavedViews } from "./saved-views.ts";

/** What a person has changed about a list in this browser. */
export interface ListMemory {
  readonly hidden: Readonly<Record<string, boolean>>;
  readonly widths: Readonly<Record<string, number>>;
}

const nothing: ListMemory = { hidden: {}, widths: {} };

/** A page's list keeps its state in the address, a list inside a record keeps it to itself. */
function useSearchState(embedded: boolean): readonly [Search, (next: Search) => void] {
  const address: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const [own, setOwn] = useState<Search>({});
  const toAddress = useCallback((next: Search) => void navigate({ to: ".", search: next, replace: true }), [navigate]);
  return embedded ? [own, setOwn] : [address, toAddress];
}

export function useList<T>(list: ListDeclaration<T>, embedded: boolean) {
  const [search, setSearch] = useSearchState(embedded);
  const [memory, setMemory] = usePreference<ListMemory>(`list:${list.name}`, nothing);
  const saved = useSavedViews(list.name, !embedded && list.load === undefined);
  const views: readonly View[] = [...(list.views ?? []), ...saved.views];
  const filters = list.filters ?? [];
  const state: ListState = stateOf(search, views, filters, list.sort);
  const query = { ...list.fixed, ...state.filters, sort: state.sort, q: state.q };
  const options = {
    ...(list.liveSeconds ? { liveSeconds: list.liveSeconds } : {}),
    ...(list.load ? { load: list.load } : {}),
  };
  const pages = usePages<T>(list.resource, { ...query, limit: 100 }, options);
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.data) ?? [], [pages.data]);
  return { search, setSearch, memory, setMemory, saved, views, filters, state, query, pages, rows };
}

export type ListModel<T> = ReturnType<typeof useList<T>>;
