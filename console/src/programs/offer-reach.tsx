import { type Offer, OfferChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { DateText } from "../kit/date-text.tsx";
import { RecordForm } from "../kit/form/record-form.tsx";
import { UtmFields } from "../kit/form/utm-fields.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { TargetingFields } from "../kit/targeting/targeting-fields.tsx";
import { TargetingText } from "../kit/targeting/targeting-text.tsx";
import { useSession } from "../session/session.tsx";

/** Who may come and when; whoever does not fit goes to the fallback address. */
export function OfferReach({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  if (!can("programs.write")) return <ReachText offer={offer} />;
  return (
    <RecordForm
      key={offer.revision}
      schema={OfferChange}
      initial={{
        revision: offer.revision,
        startsAt: offer.startsAt ?? "",
        endsAt: offer.endsAt ?? "",
        targeting: offer.targeting,
        utm: offer.utm,
      }}
      fields={[
        { kind: "instant", name: "startsAt", label: t("reach.starts"), half: true },
        { kind: "instant", name: "endsAt", label: t("reach.ends"), half: true },
        {
          kind: "own",
          name: "targeting",
          label: t("reach.title"),
          content: ({ targeting }, change) => (
            <Card title={t("reach.title")}>
              <TargetingFields value={targeting} onChange={(next) => change("targeting", next)} />
            </Card>
          ),
        },
        {
          kind: "own",
          name: "utm",
          label: t("reach.utm"),
          content: ({ utm }, change) => (
            <Card title={t("reach.utm")}>
              <UtmFields value={utm} onChange={(next) => change("utm", next)} />
            </Card>
          ),
        },
      ]}
      submit={t("save")}
      send={(values) =>
        api.patch<Offer>(`/offers/${offer.id}`, {
          ...values,
          startsAt: values.startsAt || null,
          endsAt: values.endsAt || null,
        })
      }
      done={() => undefined}
      refresh={["offers", "audit"]}
    />
  );
}

function ReachText({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  return (
    <Properties
      items={[
        [t("reach.title"), <TargetingText key="who" targeting={offer.targeting} />],
        [t("reach.starts"), offer.startsAt === null ? "–" : <DateText key="from" at={offer.startsAt} />],
        [t("reach.ends"), offer.endsAt === null ? "–" : <DateText key="to" at={offer.endsAt} />],
      ]}
    />
  );
}
