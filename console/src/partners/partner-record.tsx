import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DiligencePanel } from "../compliance/diligence-panel.tsx";
import { ScreeningPanel } from "../compliance/screening-panel.tsx";
import { HealthCard } from "../health/health-card.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { EvidencePanel } from "../proof/evidence-panel.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { AgreementPanel } from "./agreement-panel.tsx";
import { ContactPanel } from "./contact-panel.tsx";
import { LicencePanel } from "./licence-panel.tsx";
import { PartnerLinks } from "./partner-links.tsx";
import { PartnerMoney } from "./partner-money.tsx";
import { PartnerOverview } from "./partner-overview.tsx";
import { PartnerPeople } from "./partner-people.tsx";
import { PartnerSettings } from "./partner-settings.tsx";
import { PartnerStatusActions } from "./partner-status-actions.tsx";
import { SubPartnerPanel } from "./sub-partner-panel.tsx";

export function PartnerRecord() {
  const { t } = useTranslation("partners");
  const { t: tScreening } = useTranslation("compliance");
  const { can } = useSession();
  const id = useParam("id");
  const partner = useRecord<Partner>(`/partners/${id}`);
  const timeline = useHistory("partner", id);
  return (
    <Loaded query={partner}>
      {(one) => (
        <RecordPage
          title={one.name}
          subtitle={one.legalName}
          parent={{ label: t("title"), to: "/partners" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} />}
          actions={<PartnerStatusActions partner={one} />}
          next={nextStep(one, t)}
          facts={[
            { label: t("kind"), value: t(`kinds.${one.kind}`) },
            { label: t("owner"), value: <NameText id={one.ownerUserId} /> },
            { label: t("region"), value: <NameText id={one.regionId} /> },
            {
              label: t("parent"),
              value: <NameText id={one.parentPartnerId} to={`/partners/${one.parentPartnerId}`} />,
            },
            { label: t("activatedAt"), value: <DateText at={one.activatedAt} detail="day" /> },
          ]}
          tabs={[
            { id: "overview", label: t("tabs.overview"), content: () => <PartnerOverview partner={one} /> },
            { id: "links", label: t("tabs.links"), content: () => <PartnerLinks partnerId={id} /> },
            { id: "tracking", label: t("tabs.tracking"), content: () => <TrackingTab partnerId={id} /> },
            { id: "agreements", label: t("tabs.agreements"), content: () => <AgreementPanel partnerId={id} /> },
            { id: "money", label: t("tabs.money"), content: () => <PartnerMoney partnerId={id} /> },
            { id: "sub", label: t("tabs.subPartners"), content: () => <SubPartnerPanel partnerId={id} /> },
            { id: "contacts", label: t("tabs.contacts"), content: () => <ContactPanel partnerId={id} /> },
            { id: "licences", label: t("licences"), content: () => <LicencePanel partnerId={id} /> },
            ...(can("compliance.read")
              ? [
                  { id: "due-diligence", label: tScreening("panel"), content: () => <DiligencePanel partner={one} /> },
                  { id: "screening", label: tScreening("title"), content: () => <ScreeningPanel partnerId={id} /> },
                ]
              : []),
            { id: "people", label: t("tabs.people"), content: () => <PartnerPeople partnerId={id} /> },
            { id: "settings", label: t("tabs.settings"), content: () => <PartnerSettings partner={one} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function nextStep(partner: Partner, t: (key: string) => string) {
  if (partner.status === "applied")
    return { title: t("next.applied"), text: t("next.appliedText"), tone: "info" as const };
  if (partner.status === "onboarding")
    return { title: t("next.onboarding"), text: t("next.onboardingText"), tone: "warn" as const };
  if (partner.status === "paused")
    return { title: t("next.paused"), text: partner.statusReason, tone: "warn" as const };
  return undefined;
}

/** What is unusual about its tracking now, and what stands proved of it. */
function TrackingTab({ partnerId }: { readonly partnerId: string }) {
  return (
    <>
      <HealthCard partnerId={partnerId} />
      <EvidencePanel partnerId={partnerId} />
    </>
  );
}
