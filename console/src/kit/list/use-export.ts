import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type QueryParams, queryString } from "../../api/client.ts";
import { complain, say } from "../notices.ts";
import { csvOf, saveAddress, saveFile } from "./csv.ts";
import type { ListDeclaration } from "./list-declaration.ts";
import type { ListModel } from "./use-list.ts";

const ROWS_MAX = 100_000;

/** The whole list as it is filtered and sorted now, with the columns that are switched on, page by page into one CSV. */
export function useExport<T>(list: ListDeclaration<T>, model: ListModel<T>) {
  const { t } = useTranslation("kit");
  const [rowCount, setRowCount] = useState<number | null>(null);
  const start = async () => {
    const load = list.load ?? ((query: QueryParams, signal: AbortSignal) => api.list<T>(list.resource, query, signal));
    const { signal } = new AbortController();
    const rows: T[] = [];
    setRowCount(0);
    try {
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof load>> = await load({ ...model.query, limit: 500, cursor }, signal);
        rows.push(...page.data);
        cursor = page.nextCursor;
        setRowCount(rows.length);
      } while (cursor !== null && rows.length < ROWS_MAX);
      // More than a page of the browser should hold: the server streams the whole list, with all of its fields.
      if (cursor !== null && list.load === undefined) {
        saveAddress(`/v1${list.resource}${queryString({ ...model.query, format: "csv" })}`);
        return say(t("list.exportWhole"));
      }
      const shown = list.columns.filter((column) => !(model.memory.hidden[column.id] ?? column.hidden ?? false));
      saveFile(`${list.name}.csv`, csvOf(rows, shown));
      say(cursor === null ? t("list.exported", { count: rows.length }) : t("list.exportCut", { count: rows.length }));
    } catch (error) {
      complain(t("list.exportFailed"), error instanceof Error ? error.message : undefined);
    } finally {
      setRowCount(null);
    }
  };
  const running = rowCount !== null;
  return {
    start: () => void start(),
    running,
    progress: running ? t("list.exporting", { count: rowCount }) : undefined,
  };
}
