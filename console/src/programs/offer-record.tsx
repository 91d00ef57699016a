import { type Offer, OfferChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { TargetingText } from "../kit/targeting/targeting-text.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { CapPanel } from "./cap-panel.tsx";
import { CreativePanel } from "./creative-list.tsx";
import { LandingPanel } from "./landing-panel.tsx";
import { OfferAccessTab } from "./offer-access.tsx";
import { OfferReach } from "./offer-reach.tsx";
import { StatusActions } from "./status-actions.tsx";

export function OfferRecord() {
  const { t } = useTranslation("programs");
  const id = useParam("id");
  const offer = useRecord<Offer>(`/offers/${id}`);
  const timeline = useHistory("offer", id);
  return (
    <Loaded query={offer}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{ label: t("offers"), to: "/offers" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} />}
          actions={<StatusActions record={one} resource="offers" />}
          facts={[
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
            { label: t("code"), value: one.code },
            { label: t("allowedHosts"), value: one.allowedHosts.join(", ") },
          ]}
          tabs={[
            { id: "details", label: t("details"), content: () => <OfferDetails offer={one} /> },
            { id: "landing", label: t("landing.title"), content: () => <LandingPanel offer={one} /> },
            { id: "reach", label: t("reach.title"), content: () => <OfferReach offer={one} /> },
            { id: "creatives", label: t("creatives.title"), content: () => <CreativePanel offer={one} /> },
            { id: "caps", label: t("caps.title"), content: () => <CapPanel offer={one} /> },
            { id: "access", label: t("access.title"), content: () => <OfferAccessTab offer={one} /> },
            { id: "settings", label: t("settings"), content: () => <OfferSettings offer={one} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function OfferDetails({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const format = useFormat();
  return (
    <Properties
      items={[
        [t("id"), <CopyText key="id" text={offer.id} />],
        [t("landingUrl"), offer.landingUrl],
        [t("allowedCountries"), offer.allowedCountries.map(format.country).join(", ") || t("everywhere")],
        [t("blockedCountries"), offer.blockedCountries.map(format.country).join(", ") || "–"],
        [t("fallbackUrl"), offer.fallbackUrl ?? t("ownFallbackNone")],
        [t("access.title"), t(`access.of.${offer.access}`)],
        [t("reach.title"), <TargetingText key="who" targeting={offer.targeting} />],
        [t("description"), offer.description || "–"],
        [t("createdAt"), <DateText key="at" at={offer.createdAt} />],
      ]}
    />
  );
}

function OfferSettings({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  if (!can("programs.write")) return <OfferDetails offer={offer} />;
  return (
    <RecordForm
      key={offer.revision}
      schema={OfferChange}
      initial={{
        revision: offer.revision,
        name: offer.name,
        description: offer.description,
        landingUrl: offer.landingUrl,
        fallbackUrl: offer.fallbackUrl ?? "",
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true },
        { kind: "url", name: "landingUrl", label: t("landingUrl"), required: true },
        { kind: "url", name: "fallbackUrl", label: t("fallbackUrl"), hint: t("offerFallbackHint") },
        { kind: "textarea", name: "description", label: t("description"), rows: 3 },
      ]}
      submit={t("save")}
      send={(values) =>
        api.patch<Offer>(`/offers/${offer.id}`, {
          ...values,
          fallbackUrl: values.fallbackUrl === "" ? null : values.fallbackUrl,
        })
      }
      done={() => undefined}
      refresh={["offers", "audit"]}
    />
  );
}
