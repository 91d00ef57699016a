import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { LinkActions } from "../tracking/link-actions.tsx";
import { LinkDetails } from "../tracking/link-details.tsx";
import { LinkSettings } from "../tracking/link-settings.tsx";

/** One of the partner's own links: the address to publish, and what may change. */
export function OwnLink() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const link = useRecord<TrackingLink>(`/links/${useParam("id")}`);
  return (
    <Loaded query={link}>
      {(one) => (
        <RecordPage
          title={one.name || one.code}
          subtitle={<NameText id={one.offerId} />}
          parent={{ label: t("links"), to: "/links" }}
          badge={<StatusBadge state={one.status} label={t(`linkState.${one.status}`)} />}
          actions={<LinkActions link={one} />}
          tabs={[
            { id: "details", label: t("details"), content: () => <LinkDetails link={one} /> },
            ...(can("links.write")
              ? [{ id: "settings", label: t("settings"), content: () => <LinkSettings link={one} /> }]
              : []),
          ]}
        />
      )}
    </Loaded>
  );
}
