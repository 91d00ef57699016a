import { useTranslation } from "react-i18next";
import { PlainTable } from "../record/plain-table.tsx";
import { StatusBadge } from "../status-badge.tsx";
import type { Tone } from "../tone.ts";
import css from "./difference.module.css";
import { usePathWords, valueText } from "./value-text.ts";

export interface ChangedValue {
  readonly path: string;
  readonly kind: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly relative: string | null;
  readonly effect: string;
}

const TONES: Readonly<Record<string, Tone>> = { better: "good", worse: "bad", neutral: "quiet", unclear: "warn" };

/** What changed, value by value: where, from what to what, by how much, and for whom it is better. */
export function ValueDifference({ changes }: { readonly changes: readonly ChangedValue[] }) {
  const { t, i18n } = useTranslation("kit");
  const words = usePathWords();
  const percent = new Intl.NumberFormat(i18n.language, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
  return (
    <PlainTable<ChangedValue>
      label={t("difference.values")}
      rows={changes}
      rowId={(one) => one.path}
      columns={[
        {
          id: "value",
          label: t("difference.value"),
          cell: (one) => {
            const { place, name } = words(one.path);
            return (
              <>
                {place} <span className={css.place}>{name}</span>
              </>
            );
          },
        },
        {
          id: "change",
          label: t("difference.change"),
          cell: (one) => (
            <>
              {valueText(one.path, one.before, i18n.language)}
              <span className={css.arrow}>→</span>
              <b>{valueText(one.path, one.after, i18n.language)}</b>
            </>
          ),
        },
        {
          id: "relative",
          label: t("difference.by"),
          align: "end",
          cell: (one) => (one.relative === null ? "–" : percent.format(Number(one.relative))),
        },
        {
          id: "effect",
          label: t("difference.forPartner"),
          cell: (one) => (
            <StatusBadge state={one.effect} label={t(`difference.effect.${one.effect}`)} tones={TONES} plain />
          ),
        },
      ]}
    />
  );
}
