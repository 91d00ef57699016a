import type { WhyAnswer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

/** Nothing, or several things: what was found, each with its own way. */
export function FoundList({ answer }: { readonly answer: WhyAnswer }) {
  const { t } = useTranslation("why");
  if (answer.found.length === 0) return <EmptyState title={t("nothing")} text={answer.hint} />;
  return (
    <Card title={answer.hint} flush>
      <PlainTable
        label={answer.hint}
        rows={answer.found}
        rowId={(one) => one.id}
        columns={[
          { id: "kind", label: t("kind"), cell: (one) => t(`kinds.${one.kind}`) },
          {
            id: "title",
            label: t("what"),
            cell: (one) => <Go to={`/why?q=${encodeURIComponent(one.id)}`}>{one.title}</Go>,
          },
          { id: "at", label: t("at"), cell: (one) => <DateText at={one.at} detail="second" /> },
        ]}
      />
    </Card>
  );
}
