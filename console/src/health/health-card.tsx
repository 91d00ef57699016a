import type { HealthAlert } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Go } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { WorkList } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { toneOf } from "./states.ts";
import { useWhat } from "./what-text.tsx";

const SHOWN = 6;

/** What goes on now, of everybody or of one partner; nothing when all is as usual. */
export function HealthCard({ partnerId }: { readonly partnerId?: string }) {
  const { t } = useTranslation("health");
  const { can } = useSession();
  const { language } = useFormat();
  const program = useProgramQuery();
  const place = partnerId === undefined ? program : { partnerId };
  const query = { language, state: "open,acknowledged", limit: SHOWN, ...place };
  const alerts = useRecord<{ readonly data: readonly HealthAlert[] }>("/health", query, {
    liveSeconds: 60,
    enabled: can("links.read"),
  });
  if (alerts.data === undefined) return null;
  const found = alerts.data.data;
  if (found.length === 0) return null;
  return (
    <Card title={t("title")} actions={<Go to="/health">{t("all")}</Go>} flush>
      <Alerts alerts={found} named={partnerId === undefined} />
    </Card>
  );
}

function Alerts({ alerts, named }: { readonly alerts: readonly HealthAlert[]; readonly named: boolean }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const what = useWhat();
  return (
    <WorkList
      label={t("title")}
      items={alerts.map((one) => ({
        id: one.id,
        what: named ? (
          <>
            <NameText id={one.partnerId ?? one.sourceId ?? ""} />: {what(one)}
          </>
        ) : (
          what(one)
        ),
        note: t("seenOf", {
          seen: format.number(Math.round(one.seen)),
          expected: format.number(Math.round(one.expected)),
          ago: format.ago(one.since, Math.max(Date.now(), Date.parse(one.since))),
        }),
        tone: toneOf(one),
        to: `/health/${one.id}`,
      }))}
    />
  );
}
