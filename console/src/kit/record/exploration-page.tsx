import type { ReactNode } from "react";
import page from "../page.module.css";
import { PageHeader, type PageHeaderProps } from "../page.tsx";
import css from "./record.module.css";

interface ExplorationPageProps extends PageHeaderProps {
  /** The question: measures, breakdown, period. */
  readonly controls: ReactNode;
  readonly picture?: ReactNode;
  readonly table: ReactNode;
}

/** The question above, the picture, the table below. */
export function ExplorationPage({ controls, picture, table, ...header }: ExplorationPageProps) {
  return (
    <div className={`${page.page} ${page.scrolling}`}>
      <PageHeader {...header} />
      <div className={css.controls}>{controls}</div>
      <div className={page.body}>
        {picture}
        {table}
      </div>
    </div>
  );
}
