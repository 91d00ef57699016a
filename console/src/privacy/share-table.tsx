import type { PersonalShare } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../kit/empty-state.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

const TONES = { erased: "rejected", pseudonymized: "paused", kept: "active" } as const;

/** What each room keeps about a person, and what becomes of it. */
export function ShareTable({ shares }: { readonly shares: readonly PersonalShare[] }) {
  const { t } = useTranslation("privacy");
  return (
    <PlainTable
      label={t("kept")}
      rows={shares}
      rowId={(one) => `${one.room} ${one.kind} ${one.fate}`}
      columns={[
        {
          id: "kind",
          label: t("what"),
          cell: (one) => t(`records.${one.kind}`, { defaultValue: one.kind.replaceAll("_", " ") }),
        },
        { id: "count", label: t("count"), align: "end", cell: (one) => one.records },
        {
          id: "fate",
          label: t("fate"),
          cell: (one) => <StatusBadge state={TONES[one.fate]} label={t(`fates.${one.fate}`)} />,
        },
        {
          id: "why",
          label: t("why"),
          cell: (one) => t(`grounds.${one.kind}_${one.fate}`, { defaultValue: one.why || "–" }),
        },
      ]}
      empty={<EmptyState title={t("nothingKept")} text={t("nothingKeptText")} />}
    />
  );
}
