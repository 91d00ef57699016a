import type { LandingPage, TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { SideBySide } from "../kit/record/side-by-side.tsx";
import { TargetingText } from "../kit/targeting/targeting-text.tsx";
import { LinkPublish } from "./link-publish.tsx";

/** Everything about a link that is made: how it is set up, and beside it the address to publish. */
export function LinkDetails({ link }: { readonly link: TrackingLink }) {
  const { t } = useTranslation("tracking");
  const utm = Object.entries(link.utm).map(([name, value]) => `${name}=${value}`);
  return (
    <SideBySide sideLast side={<LinkPublish url={link.url} code={link.code} />}>
      <Card title={t("group.leads")}>
        <Properties
          items={[
            [t("deepLink"), link.deepLink ?? "–"],
            [t("landing"), <LandingName key="landing" link={link} />],
            [t("utm"), utm.length === 0 ? "–" : utm.map((one) => <div key={one}>{one}</div>)],
            [t("targeting"), <TargetingText key="who" targeting={link.targeting} />],
          ]}
        />
      </Card>
      <Card title={t("group.placement")}>
        <Properties
          items={[
            [t("vanityCode"), <CopyText key="code" text={link.code} />],
            [t("source"), link.source || "–"],
            [t("creative"), link.creative || "–"],
            [t("validFrom"), link.validFrom === null ? "–" : <DateText key="from" at={link.validFrom} />],
            [t("validTo"), link.validTo === null ? t("openEnd") : <DateText key="to" at={link.validTo} />],
            [t("createdAt"), <DateText key="at" at={link.createdAt} />],
          ]}
        />
      </Card>
    </SideBySide>
  );
}

function LandingName({ link }: { readonly link: TrackingLink }) {
  const { t } = useTranslation("tracking");
  const pages = useRecord<Page<LandingPage>>(
    `/offers/${link.offerId}/landing-pages`,
    { limit: 200 },
    { enabled: link.landingId !== null },
  );
  if (link.deepLink !== null) return "–";
  if (link.landingId === null) return t("landingOfOffer");
  return pages.data?.data.find((page) => page.id === link.landingId)?.name ?? link.landingId;
}
