import type { AttributionExplanation } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

type Decision = AttributionExplanation["decisions"][number];
const TONES = { won: "good", lost: "quiet" } as const;

/** Whose the customer is and was, and every decision with all candidates and why each of them lost. */
export function AttributionPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation("customers");
  const explanation = useRecord<AttributionExplanation>(`/customers/${id}/attribution`);
  return (
    <Loaded query={explanation}>
      {(answer) => (
        <>
          <Card title={t("owners")} flush>
            <PlainTable
              label={t("owners")}
              rows={answer.owners}
              rowId={(one) => `${one.partnerId} ${one.ownedFrom}`}
              columns={[
                {
                  id: "partner",
                  label: t("partner"),
                  cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
                },
                {
                  id: "link",
                  label: t("link"),
                  cell: (one) => <NameText id={one.linkId} to={`/links/${one.linkId}`} />,
                },
                {
                  id: "from",
                  label: t("from"),
                  cell: (one) => (one.ownedFrom === null ? t("beginning") : <DayText day={one.ownedFrom} />),
                },
                {
                  id: "until",
                  label: t("ownedUntil"),
                  cell: (one) => (one.ownedUntil === null ? t("forLife") : <DayText day={one.ownedUntil} />),
                },
              ]}
              empty={t("nobody")}
            />
          </Card>
          {answer.decisions.map((decision) => (
            <DecisionCard key={decision.id} decision={decision} />
          ))}
        </>
      )}
    </Loaded>
  );
}

function DecisionCard({ decision }: { readonly decision: Decision }) {
  const { t } = useTranslation("customers");
  const reasonText = useReasonText();
  return (
    <Card title={reasonText(decision)}>
      <Properties
        items={[
          [t("decidedAt"), <DateText key="at" at={decision.decidedAt} />],
          [t("partner"), <NameText key="partner" id={decision.partnerId} to={`/partners/${decision.partnerId}`} />],
          ...(decision.rules === null ? [] : [[t("window"), t("days", { count: decision.rules.windowDays })] as const]),
          ...(decision.rulesVersion === null
            ? []
            : [[t("rulesVersion"), t("rulesVersionOf", { version: decision.rulesVersion })] as const]),
          ...(decision.decidedBy === null
            ? []
            : [[t("decidedBy"), <NameText key="by" id={decision.decidedBy} />] as const]),
          ...(decision.note === null ? [] : [[t("reason"), decision.note] as const]),
        ]}
      />
      <Candidates decision={decision} />
    </Card>
  );
}

/** A reason in the reader's language; the server's own words for a code that this console does not know. */
function useReasonText(): (one: { readonly reason: string; readonly reasonText: string }) => string {
  const { t, i18n } = useTranslation("customers");
  return ({ reason, reasonText }) =>
    i18n.exists(`reasons.${reason}`, { ns: "customers" }) ? t(`reasons.${reason}`) : reasonText;
}

function Candidates({ decision }: { readonly decision: Decision }) {
  const { t } = useTranslation("customers");
  const reasonText = useReasonText();
  return (
    <PlainTable
      label={t("candidates")}
      rows={decision.candidates}
      rowId={(one) => `${one.kind} ${one.ref} ${one.at}`}
      columns={[
        { id: "kind", label: t("touch"), cell: (one) => t(`touches.${one.kind}`) },
        { id: "partner", label: t("partner"), cell: (one) => <NameText id={one.partnerId} /> },
        { id: "at", label: t("at"), cell: (one) => <DateText at={one.at} /> },
        {
          id: "won",
          label: t("outcome"),
          cell: (one) => (
            <StatusBadge state={one.won ? "won" : "lost"} label={t(one.won ? "won" : "lost")} tones={TONES} />
          ),
        },
        { id: "reason", label: t("why"), cell: reasonText },
      ]}
      empty={t("noCandidates")}
    />
  );
}
