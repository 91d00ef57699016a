import type { Event } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Properties } from "../kit/record/card.tsx";

/** An event with everything that it carried. */
export function EventPreview({ event }: { readonly event: Event }) {
  const { t } = useTranslation("customers");
  const { currency } = event;
  return (
    <Properties
      items={[
        [t("id"), <CopyText key="id" text={event.id} />],
        [t("receipt"), <CopyText key="receipt" text={event.receiptId} />],
        [t("at"), <DateText key="at" at={event.occurredAt} detail="second" />],
        [t("received"), <DateText key="received" at={event.receivedAt} detail="second" />],
        [t("reason"), event.reason ?? "–"],
        ...Object.entries(event.measures).map(
          ([name, minor]) =>
            [name, currency === null ? minor : <MoneyText key={name} money={{ minor, currency }} />] as const,
        ),
        ...Object.entries(event.quantities).map(([name, value]) => [name, value] as const),
        ...Object.entries(event.dimensions).map(([name, value]) => [name, value] as const),
        [t("clickId"), event.clickId ?? "–"],
        [t("code"), event.code ?? "–"],
        [t("replacedBy"), event.replacedBy ?? "–"],
      ]}
    />
  );
}
