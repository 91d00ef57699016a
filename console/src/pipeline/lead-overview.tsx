import type { LeadDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { DecisionWords } from "./decision-words.tsx";
import { useSettings } from "./words.ts";

/** What is known of a lead, why it is whose it is, and its way so far. */
export function LeadOverview({ lead }: { readonly lead: LeadDetail }) {
  const { t } = useTranslation("pipeline");
  const { stageName } = useSettings();
  return (
    <Board
      main={
        <>
          <KnownCard lead={lead} />
          {lead.answers.length === 0 ? null : (
            <Card title={t("answers")}>
              <Properties items={lead.answers.map((one) => [one.question, one.answer] as const)} />
            </Card>
          )}
        </>
      }
      side={
        <>
          <Card title={t("whyOwner")}>
            <DecisionWords words={lead.routingWords} />
          </Card>
          <Card title={t("whySource")}>
            <DecisionWords words={lead.sourceWords} />
          </Card>
          <Card title={t("way")} flush>
            <PlainTable
              label={t("way")}
              rows={lead.moves}
              rowId={(one) => `${one.at} ${one.to}`}
              columns={[
                { id: "to", label: t("stage"), cell: (one) => stageName(one.to) },
                { id: "by", label: t("by"), cell: (one) => one.by },
                { id: "at", label: t("at"), align: "end", cell: (one) => <DateText at={one.at} /> },
              ]}
            />
          </Card>
        </>
      }
    />
  );
}

function KnownCard({ lead }: { readonly lead: LeadDetail }) {
  const { t } = useTranslation("pipeline");
  const { t: tPartners } = useTranslation("partners");
  const format = useFormat();
  const handles = lead.handles.map((one) => `${one.kind}: ${one.handle}`).join(", ");
  return (
    <Card title={t("known")}>
      <Properties
        items={[
          ...(lead.partnerId === null
            ? []
            : [[t("partner"), <NameText key="p" id={lead.partnerId} to={`/partners/${lead.partnerId}`} />] as const]),
          ...(lead.mergedInto === null
            ? []
            : [
                [
                  t("mergedInto"),
                  <Go key="m" to={`/leads/${lead.mergedInto}`}>
                    {lead.mergedInto}
                  </Go>,
                ] as const,
              ]),
          [t("email"), lead.email || "–"],
          [t("phone"), lead.phone || "–"],
          [t("website"), lead.website || "–"],
          [t("handles"), handles || "–"],
          [t("kind"), tPartners(`kinds.${lead.kind}`)],
          [t("vertical"), lead.vertical || "–"],
          [t("country"), lead.country === null ? "–" : format.country(lead.country)],
          [t("language"), lead.language],
          [t("program"), <NameText key="g" id={lead.programId} />],
          [t("region"), <NameText key="r" id={lead.regionId} />],
          [t("channel"), t(`channels.${lead.channel}`)],
          [t("sourceRaw"), lead.sourceRaw || "–"],
          [t("nextStep"), lead.nextStep || "–"],
          [
            t("note"),
            <span key="n" style={{ whiteSpace: "pre-line" }}>
              {lead.note || "–"}
            </span>,
          ],
        ]}
      />
    </Card>
  );
}
