import type { ShadowCheck, ShadowSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

/** Of everything that can be told by now, what agrees. */
export function agreementOf({ classes }: ShadowSummary): number {
  const compared = Object.entries(classes).reduce((sum, [name, count]) => sum + (name === "late" ? 0 : count), 0);
  return compared === 0 ? 0 : (classes.agrees ?? 0) / compared;
}

const SHARES: ReadonlySet<string> = new Set(["agreement", "worst_day", "amount"]);

/** A check's figures in the person's language. */
function useFigures(): (check: ShadowCheck) => {
  readonly needed: string;
  readonly reached: string;
  readonly day: string;
} {
  const format = useFormat();
  return ({ check, needed, reached, day }) => {
    const shown = (text: string) => (SHARES.has(check) ? format.share(Number(text)) : format.number(Number(text)));
    return { needed: shown(needed), reached: shown(reached), day: day === null ? "–" : format.day(day) };
  };
}

/** "Safe to switch when …", out of the thresholds that are not reached. */
export function useSentence(): (summary: ShadowSummary) => string {
  const { t } = useTranslation("shadow");
  const figures = useFigures();
  return (summary) => {
    if (summary.safe) return t("sentence.safe");
    const open = summary.checks.filter(({ met }) => !met);
    return t("sentence.when", { clauses: open.map((one) => t(`clause.${one.check}`, figures(one))).join("; ") });
  };
}

/** What has to be reached, and what is. */
export function Checks({ summary }: { readonly summary: ShadowSummary }) {
  const { t } = useTranslation("shadow");
  const figures = useFigures();
  return (
    <PlainTable
      label={t("checks")}
      rows={summary.checks}
      rowId={(one) => one.check}
      columns={[
        { id: "check", label: t("checks"), cell: (one) => t(`check.${one.check}`) },
        { id: "needed", label: t("needed"), align: "end", cell: (one) => figures(one).needed },
        { id: "reached", label: t("reached"), align: "end", cell: (one) => figures(one).reached },
        {
          id: "met",
          label: t("met"),
          align: "end",
          cell: (one) => (
            <StatusBadge
              state={one.met ? "met" : "open"}
              label={t(one.met ? "yes" : "no")}
              tones={{ met: "good", open: "warn" }}
            />
          ),
        },
      ]}
    />
  );
}
