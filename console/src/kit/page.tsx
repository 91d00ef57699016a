import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Go } from "./link.tsx";
import css from "./page.module.css";

export interface PageHeaderProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  /** Where this page hangs: the list a record came from. */
  readonly parent?: { readonly label: string; readonly to: string };
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
}

/** Title, state and actions; also names the browser's tab. */
export function PageHeader({ title, subtitle, parent, badge, actions }: PageHeaderProps) {
  const { t } = useTranslation("kit");
  useDocumentTitle(`${title} · ${t("product")}`);
  return (
    <header className={css.header}>
      <div className={css.titles}>
        {parent === undefined ? null : (
          <div className={css.crumb}>
            <Go to={parent.to} size="xs" quiet>
              {parent.label}
            </Go>
          </div>
        )}
        <div style={{ display: "flex", gap: 10, alignItems: "center", minWidth: 0 }}>
          <h1 className={css.title}>{title}</h1>
          {badge}
        </div>
        {subtitle === undefined ? null : <div className={css.subtitle}>{subtitle}</div>}
      </div>
      {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
    </header>
  );
}

interface PageProps extends PageHeaderProps {
  readonly children: ReactNode;
}

/** A plain page that scrolls as a whole: today, settings, forms. */
export function Page({ children, ...header }: PageProps) {
  return (
    <div className={`${css.page} ${css.scrolling}`}>
      <PageHeader {...header} />
      <div className={css.body}>{children}</div>
    </div>
  );
}
