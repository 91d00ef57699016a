import type { ReactNode } from "react";
import page from "../page.module.css";
import { PageHeader, type PageHeaderProps } from "../page.tsx";
import type { ListDeclaration } from "./list-declaration.ts";
import { ListPanel } from "./list-panel.tsx";

interface ListPageProps<T> extends ListDeclaration<T> {
  readonly parent?: PageHeaderProps["parent"];
  readonly subtitle?: ReactNode;
}

/** A screen that is a list. Its view, filters, order and search are in the address, so that a link shows the same. */
export function ListPage<T>({ parent, subtitle, ...list }: ListPageProps<T>) {
  return (
    <div className={page.page} style={{ background: "var(--mantine-color-body)" }}>
      <PageHeader
        title={list.title}
        actions={list.actions}
        {...(parent ? { parent } : {})}
        {...(subtitle ? { subtitle } : {})}
      />
      <ListPanel {...list} />
    </div>
  );
}
