import type { ReactNode } from "react";

interface FieldBase<V> {
  /** Name in the values; nested with dots ("contact.email"). */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  /** Shown only when this holds. */
  readonly when?: (values: V) => boolean;
  /** Half a line wide. */
  readonly half?: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The fields that a form can have. Values are strings (what the API takes), except `switch` (boolean) and `choices` (strings). */
export type Field<V> =
  | (FieldBase<V> & {
      readonly kind: "text" | "email" | "url" | "password" | "day" | "month";
      readonly placeholder?: string;
      readonly autoComplete?: string;
    })
  /** An instant, typed by the clock of the shown zone. */
  | (FieldBase<V> & { readonly kind: "instant" })
  | (FieldBase<V> & { readonly kind: "decimal" | "integer"; readonly placeholder?: string; readonly unit?: string })
  /** Typed in major units, kept as minor units: { minor: "12345", currency }. */
  | (FieldBase<V> & { readonly kind: "money"; readonly currency: string | ((values: V) => string) })
  | (FieldBase<V> & { readonly kind: "textarea"; readonly rows?: number; readonly mono?: boolean })
  | (FieldBase<V> & {
      readonly kind: "select";
      readonly options: readonly Option[] | ((values: V) => readonly Option[]);
      readonly clearable?: boolean;
    })
  | (FieldBase<V> & { readonly kind: "choices"; readonly options: readonly Option[] })
  | (FieldBase<V> & { readonly kind: "switch" })
  | (FieldBase<V> & {
      /** A record looked up by `GET /v1<resource>?q=`. */
      readonly kind: "record";
      readonly resource: string;
      readonly query?: (values: V) => Readonly<Record<string, string>>;
      // biome-ignore lint/suspicious/noExplicitAny: the row's shape belongs to the other resource
      readonly toOption: (row: any) => Option;
    })
  | (FieldBase<V> & { readonly kind: "note"; readonly content: ReactNode })
  /** A part that the screen draws by itself; it reads the values and changes its own by name. */
  | (FieldBase<V> & {
      readonly kind: "own";
      readonly content: (values: V, change: (name: string, value: unknown) => void, error: ReactNode) => ReactNode;
    });
