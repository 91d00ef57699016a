import { Button, Group } from "@mantine/core";
import type { TrackingEvidence } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useName } from "../api/names.ts";
import { useRecord } from "../api/records.ts";
import { AgoText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go, useGo } from "../kit/link.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import css from "./proof.module.css";
import { TONES } from "./states.ts";

interface EvidencePanelProps {
  /** left out: the partner's own, in the portal */
  readonly partnerId?: string;
}

/** What stands proved of a partner's tracking, offer by offer, with the way to the sheet and to a new test. */
export function EvidencePanel({ partnerId }: EvidencePanelProps) {
  const { t } = useTranslation("proof");
  const evidence = useRecord<{ data: TrackingEvidence[] }>(
    "/tracking-evidence",
    partnerId === undefined ? {} : { partnerId },
  );
  return (
    <Loaded query={evidence}>
      {({ data }) =>
        data.length === 0 ? (
          <EmptyState title={t("noSetUps")} text={t("noSetUpsText")} />
        ) : (
          <div className={css.parts}>
            {data.map((one) => (
              <OfferEvidence key={one.offerId} evidence={one} own={partnerId === undefined} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function OfferEvidence({ evidence, own }: { readonly evidence: TrackingEvidence; readonly own: boolean }) {
  const { t } = useTranslation("proof");
  const go = useGo();
  const { partnerId, offerId } = evidence;
  const sheet = own ? `/set-up/${offerId}` : `/set-up/${partnerId}/${offerId}`;
  return (
    <section className={css.offer}>
      <Card
        title={useName(offerId) ?? ""}
        actions={
          <Group gap="xs">
            <StatusBadge
              state={evidence.proved ? "passed" : "missing"}
              label={t(evidence.proved ? "proved" : "notProved")}
              tones={TONES}
            />
            <Button size="compact-sm" variant="default" onClick={() => go(sheet)}>
              {t("sheet")}
            </Button>
          </Group>
        }
        flush
      >
        <PlainTable
          label={t("tests")}
          rows={evidence.tests}
          rowId={(one) => one.part}
          columns={[
            { id: "part", label: t("test"), cell: (one) => t(`parts.${one.part}`) },
            {
              id: "state",
              label: t("state"),
              cell: (one) => <StatusBadge state={one.state} label={t(`evidence.${one.state}`)} tones={TONES} />,
            },
            { id: "by", label: t("by"), cell: (one) => one.by ?? "–" },
            {
              id: "at",
              label: t("at"),
              cell: (one) =>
                one.runId === null ? (
                  "–"
                ) : (
                  <Go to={`/tests/${one.runId}`}>{one.at === null ? t("test") : <AgoText at={one.at} />}</Go>
                ),
            },
          ]}
        />
      </Card>
    </section>
  );
}
