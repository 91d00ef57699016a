import type { ReactNode } from "react";
import type { PageLoader } from "../../api/records.ts";
import type { EmptyStateProps } from "../empty-state.tsx";

export interface Column<T> {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
  /** The plain value for the export; without it the column is not exported. */
  readonly text?: (row: T) => string | number | null | undefined;
  /** The API's name for sorting by this column. */
  readonly sort?: string;
  /** Pixels; default 160. The first column takes what is left over. */
  readonly width?: number;
  /** Numbers and amounts stand at the end. */
  readonly align?: "start" | "end";
  /** Off until somebody switches it on in the column chooser. */
  readonly hidden?: boolean;
  /** Its place on a telephone's card: first line left, first line right, second line; none: not shown. */
  readonly phone?: "title" | "value" | "line";
}

interface FilterBase {
  /** The API's query parameter. */
  readonly field: string;
  readonly label: string;
}

export type Filter =
  | (FilterBase & {
      readonly kind: "choice";
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly several?: boolean;
    })
  | (FilterBase & { readonly kind: "text"; readonly placeholder?: string })
  /** Two parameters, `<field>From` (inclusive) and `<field>To` (exclusive), calendar days. */
  | (FilterBase & { readonly kind: "days" })
  /** A record of another list, looked up by `GET /v1<resource>?q=`. */
  | (FilterBase & {
      readonly kind: "record";
      readonly resource: string;
      // biome-ignore lint/suspicious/noExplicitAny: the row's shape belongs to the other resource
      readonly toOption: (row: any) => { readonly value: string; readonly label: string };
    });

/** What a list shows: filter values by API parameter, and the order ("name", "-createdAt"). */
export interface View {
  readonly id: string;
  readonly label: string;
  readonly filters?: Readonly<Record<string, string>>;
  readonly sort?: string;
  /** Said when nothing is in it and nothing more was asked for: "nothing waits". Without it: that nothing matches. */
  readonly empty?: EmptyStateProps;
}

export interface BulkAction<T> {
  readonly id: string;
  readonly label: string;
  readonly danger?: boolean;
  readonly run: (rows: readonly T[], done: () => void) => void;
  /** Does it with everything that the list finds, loaded or not; the list's query says what that is. Without it only ticked rows are meant. */
  readonly runAll?: (query: Readonly<Record<string, unknown>>, done: () => void) => void;
}

/** Everything a list screen says about itself. */
export interface ListDeclaration<T> {
  /** Key under which columns and views are remembered, e.g. "partners". */
  readonly name: string;
  readonly title: string;
  /** `GET /v1<resource>`; the first path part names the resource for refreshing. */
  readonly resource: string;
  /** Query parameters that always apply (a record's own list). */
  readonly fixed?: Readonly<Record<string, string>>;
  readonly rowId: (row: T) => string;
  /** The record's page; without it rows do not open. */
  readonly open?: (row: T) => string;
  readonly columns: readonly Column<T>[];
  /** Tabs; the first is where people start. */
  readonly views?: readonly View[];
  readonly filters?: readonly Filter[];
  /** Placeholder of the search field; without it there is none. Sent as `q`. */
  readonly search?: string;
  readonly sort?: string;
  readonly preview?: (row: T) => ReactNode;
  readonly bulk?: readonly BulkAction<T>[];
  readonly empty: EmptyStateProps;
  readonly actions?: ReactNode;
  /** Above the table: figures, a chart, a note. */
  readonly above?: ReactNode;
  /** Ask again every so many seconds. */
  readonly liveSeconds?: number;
  /** Replaces the API (the kit's show-case only). */
  readonly load?: PageLoader<T>;
}
