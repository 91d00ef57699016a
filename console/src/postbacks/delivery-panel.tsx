import type { Delivery, DeliveryDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { Card, Properties } from "../kit/record/card.tsx";
import { DeliveryList } from "./delivery-list.tsx";

/** Every call that went out for a postback, or tried to. */
export function DeliveryPanel({ postbackId }: { readonly postbackId: string }) {
  const { t } = useTranslation("postbacks");
  return (
    <DeliveryList<Delivery, DeliveryDetail>
      resource={`/postbacks/${postbackId}`}
      deliveries="/deliveries"
      subject={{
        id: "occasion",
        label: t("happened"),
        cell: (one) => t(`occasion.${one.occasion}`, { defaultValue: one.occasion }),
        text: (one) => one.occasion,
        phone: "title",
      }}
      writers="postbacks.write"
      refresh={["postbacks", "deliveries"]}
      more={({ values }) => (
        <Card title={t("values")}>
          <Properties items={Object.entries(values).filter(([, value]) => value !== "")} />
        </Card>
      )}
    />
  );
}
