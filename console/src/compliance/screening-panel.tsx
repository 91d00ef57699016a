import { Button, Group } from "@mantine/core";
import type { PartnerScreening, ScreeningHit } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { complain } from "../kit/notices.ts";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { useHitColumns } from "./hit-columns.tsx";
import { RelatedPeople } from "./related-people.tsx";
import { VERDICT_TONES } from "./states.ts";

/** What screening says of a partner, who stands behind it, and every hit. */
export function ScreeningPanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("compliance");
  const columns = useHitColumns(false);
  return (
    <>
      <ScreeningCard partnerId={partnerId} />
      <RelatedPeople partnerId={partnerId} />
      <Card title={t("hits")} flush>
        <ListPanel<ScreeningHit>
          embedded
          name="partner-screening"
          title={t("hits")}
          resource="/screening/hits"
          fixed={{ partnerId }}
          rowId={(one) => one.id}
          open={(one) => `/screening/${one.id}`}
          columns={columns}
          empty={{ title: t("noHits"), text: t("noHitsText") }}
        />
      </Card>
    </>
  );
}

function ScreeningCard({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const card = useRecord<PartnerScreening>(`/partners/${partnerId}/screening`);
  const screen = useChange({
    send: () => api.post<PartnerScreening>(`/partners/${partnerId}/screening`, {}),
    refresh: ["partners", "screening", "audit"],
  });
  const button = can("compliance.write") ? (
    <Button
      size="xs"
      variant="default"
      loading={screen.isPending}
      onClick={() => screen.mutate(undefined, { onError: (problem) => complain(problem.message, problem.detail) })}
    >
      {t("screenNow")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("title")} actions={button}>
      <Loaded query={card}>{(one) => <CardFacts card={one} />}</Loaded>
    </Card>
  );
}

function CardFacts({ card }: { readonly card: PartnerScreening }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  return (
    <Properties
      items={[
        [
          t("state"),
          <Group key="state" gap={8}>
            <StatusBadge state={card.state} label={t(`verdicts.${card.state}`)} tones={VERDICT_TONES} />
            <span>{card.lists === 0 ? t("noLists") : t(`verdictTexts.${card.state}`)}</span>
          </Group>,
        ],
        [t("screened"), card.screenedAt === null ? t("never") : <AgoText key="screened" at={card.screenedAt} />],
        [t("names"), card.subjects.map(({ name }) => name).join(", ") || "–"],
        [t("undecided"), format.number(card.open)],
        [t("matches"), format.number(card.matches)],
      ]}
    />
  );
}
