import type { SimulationDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

/** The deal desk's simulation that is attached to the terms: what the approvers' margin rules look at. */
export function EvidenceCard({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation("agreements");
  const simulation = useRecord<SimulationDetail>(`/simulations/${id}`);
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Card title={t("evidence")}>
      <Loaded query={simulation}>
        {(one) => (
          <Properties
            items={[
              [
                t("name"),
                <Go key="name" to={`/deal-desk/${one.id}`}>
                  {one.name}
                </Go>,
              ],
              [t("costShare"), one.costShare === null ? "–" : percent.format(Number(one.costShare))],
              [t("proposedBy"), <NameText key="by" id={one.createdBy} />],
              [t("at"), <DateText key="at" at={one.finishedAt ?? one.createdAt} />],
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
