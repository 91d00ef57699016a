import type { RunDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { STATE_TONES } from "./states.ts";

/** Every change of state, the newest first: who, when, and what was said. */
export function CourseTab({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Card title={t("tabs.course")} flush>
      <PlainTable
        label={t("tabs.course")}
        rows={run.course.toReversed()}
        rowId={(one) => `${one.at} ${one.to} ${one.from}`}
        columns={[
          {
            id: "state",
            label: t("state"),
            cell: (one) => <StatusBadge state={one.to} label={t(`states.${one.to}`)} tones={STATE_TONES} />,
          },
          { id: "attempt", label: t("attempt"), align: "end", cell: (one) => (one.attempt === 0 ? "–" : one.attempt) },
          {
            id: "who",
            label: t("who"),
            cell: (one) => (/^[a-z]{3}_/.test(one.person) ? <NameText id={one.person} /> : t("program")),
          },
          { id: "comment", label: t("comment"), cell: (one) => one.comment },
          { id: "at", label: t("at"), align: "end", cell: (one) => <DateText at={one.at} /> },
        ]}
      />
    </Card>
  );
}
