import type { SavedView } from "@tributary/contract";
import { useMemo } from "react";
import { api } from "../../api/client.ts";
import { useChange, useRecord } from "../../api/records.ts";
import type { View } from "./list-declaration.ts";

/** What of a view is kept: its filters and its order. */
function viewOf(saved: SavedView): View {
  const { filters, sort } = saved.state as { filters?: Record<string, string>; sort?: string };
  return { id: saved.id, label: saved.name, filters: filters ?? {}, ...(sort === undefined ? {} : { sort }) };
}

/** The person's own views of a list; they follow the person to every browser. */
export function useSavedViews(list: string, enabled: boolean) {
  const answer = useRecord<{ data: readonly SavedView[] }>("/saved-views", { list }, { enabled });
  const data = answer.data?.data;
  const views = useMemo(() => (data ?? []).map(viewOf), [data]);
  const refresh = ["saved-views"];
  const save = useChange({
    send: (view: Omit<View, "id">) =>
      api.post<SavedView>("/saved-views", {
        list,
        name: view.label,
        state: { filters: view.filters ?? {}, sort: view.sort },
      }),
    refresh,
  });
  const remove = useChange({ send: (id: string) => api.delete<void>(`/saved-views/${id}`), refresh });
  return { views, save, remove };
}
