import type { MoneyValue } from "@tributary/contract";
import { useFormat } from "../i18n/use-format.ts";
import css from "./values.module.css";

interface MoneyTextProps {
  readonly money: MoneyValue | null | undefined;
  /** "code" writes the ISO code, for columns that mix currencies. */
  readonly display?: "symbol" | "code";
  /** Colours amounts below zero. */
  readonly signed?: boolean;
}

/** An amount with its currency, tabular, in the reader's language; nothing is shown as a dash. */
export function MoneyText({ money, display, signed }: MoneyTextProps) {
  const format = useFormat();
  if (money === null || money === undefined) return <Nothing />;
  const negative = signed === true && money.minor.startsWith("-");
  return <span className={`${css.number} ${negative ? css.negative : ""}`}>{format.money(money, display)}</span>;
}

interface NumberTextProps {
  readonly value: number | null | undefined;
  readonly options?: Intl.NumberFormatOptions;
}

export function NumberText({ value, options }: NumberTextProps) {
  const format = useFormat();
  if (value === null || value === undefined) return <Nothing />;
  return <span className={css.number}>{format.number(value, options)}</span>;
}

/** A share between 0 and 1 as a percentage. */
export function ShareText({ share }: { readonly share: number | null | undefined }) {
  const format = useFormat();
  if (share === null || share === undefined || !Number.isFinite(share)) return <Nothing />;
  return <span className={css.number}>{format.share(share)}</span>;
}

/** What stands where there is no value. */
export function Nothing() {
  return (
    <span aria-hidden="true" style={{ color: "var(--mantine-color-placeholder)" }}>
      {"–"}
    </span>
  );
}
