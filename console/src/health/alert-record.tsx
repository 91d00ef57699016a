import type { HealthAlertDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { AlertActions } from "./alert-actions.tsx";
import { AlertOverview } from "./alert-overview.tsx";
import { STATE_TONES, toneOf } from "./states.ts";
import { useWhat } from "./what-text.tsx";

export function AlertRecord() {
  const timeline = useHistory("health_alert", useParam("id"));
  return <OneAlert own={false} timeline={timeline} />;
}

interface OneAlertProps {
  readonly own: boolean;
  readonly timeline?: ReturnType<typeof useHistory>;
}

/** One alert: what happened, since when, what may lie behind it, and what was done about it. */
export function OneAlert({ own, timeline }: OneAlertProps) {
  const { t } = useTranslation("health");
  const { language } = useFormat();
  const id = useParam("id");
  const what = useWhat();
  const alert = useRecord<HealthAlertDetail>(`/health/${id}`, { language }, { liveSeconds: 60 });
  return (
    <Loaded query={alert}>
      {(one) => (
        <RecordPage
          title={what(one)}
          parent={{ label: t(own ? "ownTitle" : "title"), to: "/health" }}
          badge={<StatusBadge state={one.state} label={t(`states.${one.state}`)} tones={STATE_TONES} />}
          actions={own ? undefined : <AlertActions alert={one} />}
          next={{ title: one.cause, text: stateText(one, t), tone: toneOf(one) }}
          facts={[
            ...(own || one.partnerId === null
              ? []
              : [{ label: t("partner"), value: <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} /> }]),
            one.sourceId === null
              ? { label: t("offer"), value: one.offerId === null ? t("allOffers") : <NameText id={one.offerId} /> }
              : { label: t("source"), value: <NameText id={one.sourceId} /> },
            { label: t("since"), value: <DateText at={one.since} /> },
            { label: t("told"), value: <DateText at={one.openedAt} /> },
          ]}
          tabs={[{ id: "overview", label: t("overview"), content: () => <AlertOverview alert={one} own={own} /> }]}
          {...(timeline === undefined ? {} : { timeline })}
        />
      )}
    </Loaded>
  );
}

function stateText(alert: HealthAlertDetail, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (alert.closedWhy !== null) return t(`closedWhy.${alert.closedWhy}`);
  if (alert.acknowledgedBy !== null)
    return [t("lookedAfter", { name: alert.acknowledgedBy }), alert.note].filter(Boolean).join(" ");
  return t("openText");
}
