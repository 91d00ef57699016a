import { Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/use-format.ts";
import { ProblemLine } from "../problem-state.tsx";
import css from "./table.module.css";
import type { ListModel } from "./use-list.ts";

/** How much is here, whether there is more, and the zone in which times are shown. */
export function ListFoot<T>({ model, tools }: { readonly model: ListModel<T>; readonly tools: ReactNode }) {
  const { t } = useTranslation("kit");
  const format = useFormat();
  const { pages, rows } = model;
  if (rows.length === 0) return null;
  const count = format.number(rows.length);
  return (
    <footer className={css.foot}>
      <span aria-live="polite">
        {pages.hasNextPage
          ? t("list.someRows", { shown: count })
          : t("list.allRows", { count: rows.length, shown: count })}
      </span>
      {pages.isFetching ? <Loader size={12} role="status" aria-label={t("loading")} /> : null}
      {pages.isError ? <ProblemLine error={pages.error} /> : null}
      <span style={{ marginInlineStart: "auto" }}>{t("list.zone", { zone: format.zone })}</span>
      {tools}
    </footer>
  );
}
