import { type Program, ProgramChange, SubPartnerView, TrackerConsent } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { AttributionRulesTab, AttributionWindow } from "../attribution/rules-tab.tsx";
import { HealthSettingsTab } from "../health/settings-tab.tsx";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { DomainCard } from "./domain-card.tsx";
import { InstallPanel } from "./install-panel.tsx";
import { OfferPanel } from "./offer-panel.tsx";
import { StatusActions } from "./status-actions.tsx";

export function ProgramRecord() {
  const { t } = useTranslation("programs");
  const id = useParam("id");
  const program = useRecord<Program>(`/programs/${id}`);
  const timeline = useHistory("program", id);
  return (
    <Loaded query={program}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{ label: t("title"), to: "/programs" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} />}
          actions={<StatusActions record={one} resource="programs" />}
          next={
            one.status === "draft" ? { title: t("next.draft"), text: t("next.draftText"), tone: "info" } : undefined
          }
          facts={[
            { label: t("currency"), value: one.currency },
            { label: t("timeZone"), value: one.timeZone },
            { label: t("window"), value: <AttributionWindow programId={id} /> },
            { label: t("owner"), value: <NameText id={one.ownerUserId} /> },
          ]}
          tabs={[
            { id: "offers", label: t("offers"), content: () => <OfferPanel programId={id} /> },
            { id: "attribution", label: t("attribution"), content: () => <AttributionRulesTab programId={id} /> },
            { id: "details", label: t("details"), content: () => <ProgramDetails program={one} /> },
            { id: "domain", label: t("trackingDomain"), content: () => <DomainCard program={one} /> },
            { id: "install", label: t("install.title"), content: () => <InstallPanel program={one} /> },
            { id: "health", label: t("health:settings"), content: () => <HealthSettingsTab programId={id} /> },
            { id: "settings", label: t("settings"), content: () => <ProgramSettings program={one} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function ProgramDetails({ program }: { readonly program: Program }) {
  const { t } = useTranslation("programs");
  return (
    <Properties
      items={[
        [t("id"), <CopyText key="id" text={program.id} />],
        [t("code"), program.code],
        [t("description"), program.description || "–"],
        [t("fallbackUrl"), program.fallbackUrl],
        [t("trackingDomain"), program.trackingDomain ?? t("ownHostNone")],
        [t("createdAt"), <DateText key="at" at={program.createdAt} />],
      ]}
    />
  );
}

function ProgramSettings({ program }: { readonly program: Program }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  if (!can("programs.write")) return <ProgramDetails program={program} />;
  return (
    <RecordForm
      key={program.revision}
      schema={ProgramChange}
      initial={{
        revision: program.revision,
        name: program.name,
        description: program.description,
        fallbackUrl: program.fallbackUrl,
        trackingDomain: program.trackingDomain ?? "",
        subPartnerView: program.subPartnerView,
        trackerConsent: program.trackerConsent,
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true },
        { kind: "textarea", name: "description", label: t("description"), rows: 3 },
        { kind: "url", name: "fallbackUrl", label: t("fallbackUrl"), hint: t("fallbackHint"), required: true },
        { kind: "text", name: "trackingDomain", label: t("trackingDomain"), hint: t("trackingDomainHint") },
        {
          kind: "select",
          name: "subPartnerView",
          label: t("subPartnerView"),
          options: SubPartnerView.options.map((value) => ({ value, label: t(`subPartnerViews.${value}`) })),
        },
        {
          kind: "select",
          name: "trackerConsent",
          label: t("trackerConsent"),
          hint: t("trackerConsentHint"),
          options: TrackerConsent.options.map((value) => ({ value, label: t(`trackerConsents.${value}`) })),
        },
      ]}
      submit={t("save")}
      send={(values) =>
        api.patch<Program>(`/programs/${program.id}`, {
          ...values,
          trackingDomain: values.trackingDomain === "" ? null : values.trackingDomain,
        })
      }
      done={() => undefined}
      refresh={["programs", "audit"]}
    />
  );
}
