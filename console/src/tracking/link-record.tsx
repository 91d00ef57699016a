import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { IntakePanel } from "./intake-panel.tsx";
import { LinkActions } from "./link-actions.tsx";
import { LinkDetails } from "./link-details.tsx";
import { LinkSettings } from "./link-settings.tsx";

export function LinkRecord() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const id = useParam("id");
  const link = useRecord<TrackingLink>(`/links/${id}`);
  const timeline = useHistory("link", id);
  return (
    <Loaded query={link}>
      {(one) => (
        <RecordPage
          title={one.name || one.code}
          parent={{ label: t("links"), to: "/links" }}
          badge={<StatusBadge state={one.status} label={t(`linkState.${one.status}`)} />}
          actions={<LinkActions link={one} />}
          facts={[
            { label: t("partner"), value: <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} /> },
            { label: t("offer"), value: <NameText id={one.offerId} to={`/offers/${one.offerId}`} /> },
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
          ]}
          tabs={[
            { id: "details", label: t("details"), content: () => <LinkDetails link={one} /> },
            ...(can("links.write")
              ? [{ id: "settings", label: t("settings"), content: () => <LinkSettings link={one} /> }]
              : []),
            {
              id: "clicks",
              label: t("requests"),
              content: () => <IntakePanel fixed={{ "param.linkId": one.id, kind: "click" }} />,
            },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}
