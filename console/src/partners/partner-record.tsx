import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ActivityPanel } from "../admin/activity-list.tsx";
import { useRecord } from "../api/records.ts";
import { DiligencePanel } from "../compliance/diligence-panel.tsx";
import { ScreeningPanel } from "../compliance/screening-panel.tsx";
import { HealthCard } from "../health/health-card.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage, type RecordTab } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { PartnerWork } from "../pipeline/partner-work.tsx";
import { CasePanel } from "../procedures/case-list.tsx";
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
import { PayeePanel } from "./payee-panel.tsx";
import { ChangesPanel } from "./record/changes-panel.tsx";
import { RestrictionBanner } from "./record/restriction-banner.tsx";
import { SubPartnerPanel } from "./sub-partner-panel.tsx";

/** Everything about a partner: who it is and what stands still on top, a summary of each matter, the whole of it behind its tab. */
export function PartnerRecord() {
  const { t } = useTranslation("partners");
  const id = useParam("id");
  const partner = useRecord<Partner>(`/partners/${id}`);
  const timeline = useHistory("partner", id);
  const tabsOf = usePartnerTabs();
  return (
    <Loaded query={partner}>
      {(one) => (
        <RecordPage
          title={one.name}
          subtitle={one.legalName === one.name ? undefined : one.legalName}
          parent={{ label: t("title"), to: "/partners" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} />}
          actions={one.mergedInto === null ? <PartnerStatusActions partner={one} /> : undefined}
          next={one.mergedInto === null ? nextStep(one, t) : undefined}
          facts={[
            { label: t("kind"), value: t(`kinds.${one.kind}`) },
            { label: t("owner"), value: <NameText id={one.ownerUserId} /> },
            { label: t("deputy"), value: <NameText id={one.deputyUserId} /> },
            { label: t("region"), value: <NameText id={one.regionId} /> },
            {
              label: t("parent"),
              value: <NameText id={one.parentPartnerId} to={`/partners/${one.parentPartnerId}`} />,
            },
            { label: t("activatedAt"), value: <DateText at={one.activatedAt} detail="day" /> },
          ]}
          above={<RestrictionBanner partner={one} />}
          tabs={tabsOf(one)}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

/** One line for each matter, the most asked for first. Other rooms add theirs. */
function usePartnerTabs(): (partner: Partner) => readonly RecordTab[] {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const diligence = can("compliance.read");
  return (one) => [
    { id: "overview", label: t("tabs.overview"), content: () => <PartnerOverview partner={one} /> },
    { id: "agreements", label: t("tabs.agreements"), content: () => <AgreementPanel partnerId={one.id} /> },
    { id: "tracking", label: t("tabs.tracking"), content: () => <TrackingTab partnerId={one.id} /> },
    { id: "money", label: t("tabs.money"), content: () => <PartnerMoney partnerId={one.id} /> },
    ...(can("payees.read")
      ? [{ id: "payees", label: t("tabs.payees"), content: () => <PayeePanel partnerId={one.id} /> }]
      : []),
    {
      id: "due-diligence",
      label: t("tabs.diligence"),
      content: () => (
        <>
          {can("documents.read") ? <DiligencePanel partner={one} /> : null}
          {diligence ? <ScreeningPanel partnerId={one.id} /> : null}
          <LicencePanel partnerId={one.id} />
        </>
      ),
    },
    { id: "contacts", label: t("tabs.contacts"), content: () => <ContactPanel partnerId={one.id} /> },
    { id: "people", label: t("tabs.people"), content: () => <PartnerPeople partnerId={one.id} /> },
    { id: "sub", label: t("tabs.subPartners"), content: () => <SubPartnerPanel partnerId={one.id} /> },
    ...(can("procedures.read")
      ? [
          {
            id: "cases",
            label: t("procedures:cases.title"),
            content: () => <CasePanel fixed={{ partnerId: one.id }} withPartner={false} />,
          },
        ]
      : []),
    { id: "work", label: t("tabs.work"), content: () => <PartnerWork partnerId={one.id} email={one.email} /> },
    { id: "changes", label: t("tabs.changes"), content: () => <ChangesPanel partner={one} /> },
    ...(can("audit.read")
      ? [{ id: "activity", label: t("admin:activity"), content: () => <ActivityPanel fixed={{ partnerId: one.id }} /> }]
      : []),
    { id: "settings", label: t("tabs.settings"), content: () => <PartnerSettings partner={one} /> },
  ];
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

/** What is unusual about its tracking now, its links, and what stands proved of it. */
function TrackingTab({ partnerId }: { readonly partnerId: string }) {
  return (
    <>
      <HealthCard partnerId={partnerId} />
      <PartnerLinks partnerId={partnerId} />
      <EvidencePanel partnerId={partnerId} />
    </>
  );
}
