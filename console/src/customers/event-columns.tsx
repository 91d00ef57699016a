import type { Event } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

const STATE_TONES = { counts: "good", replaced: "quiet", reversed: "bad" } as const;

export function useEventColumns(options: { readonly withCustomer: boolean }): readonly Column<Event>[] {
  const { t } = useTranslation("customers");
  const customer = useCustomerColumns();
  return [
    {
      id: "type",
      label: t("event"),
      cell: (one) => t(`types.${one.type}`, { defaultValue: one.type }),
      text: (one) => one.type,
      phone: "title",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`eventState.${one.state}`)} tones={STATE_TONES} />,
      text: (one) => one.state,
      width: 120,
      phone: "line",
    },
    ...(options.withCustomer ? customer : []),
    {
      id: "external",
      label: t("externalId"),
      cell: (one) => one.externalId,
      text: (one) => one.externalId,
      width: 180,
    },
    {
      id: "fate",
      label: t("fate"),
      cell: (one) => (one.fate === null ? "–" : t(`fates.${one.fate}`)),
      text: (one) => one.fate,
      width: 120,
      hidden: true,
    },
    {
      id: "receipt",
      label: t("receipt"),
      cell: (one) => <Go to={`/intake/${one.receiptId}`}>{one.receiptId}</Go>,
      text: (one) => one.receiptId,
      width: 190,
      hidden: true,
    },
    {
      id: "occurredAt",
      label: t("at"),
      cell: (one) => <DateText at={one.occurredAt} />,
      text: (one) => one.occurredAt,
      width: 160,
      align: "end",
    },
    {
      id: "amount",
      label: t("amount"),
      cell: (one) => <Measures event={one} />,
      text: (one) => Object.values(one.measures)[0],
      width: 140,
      align: "end",
      phone: "value",
    },
  ];
}

function useCustomerColumns(): readonly Column<Event>[] {
  const { t } = useTranslation("customers");
  return [
    {
      id: "customer",
      label: t("customer"),
      cell: (one) => <Go to={`/customers/${one.customerId}`}>{one.customerRef}</Go>,
      text: (one) => one.customerRef,
      width: 175,
      phone: "line",
    },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      width: 190,
    },
  ];
}

/** The event's amounts; a single one stands alone, several name themselves. */
function Measures({ event }: { readonly event: Event }) {
  const entries = Object.entries(event.measures);
  const { currency } = event;
  if (entries.length === 0 || currency === null) return <>–</>;
  if (entries.length === 1) return <MoneyText money={{ minor: entries[0]?.[1] ?? "0", currency }} />;
  const main = event.measures.ngr ?? event.measures.spread ?? entries[0]?.[1] ?? "0";
  return <MoneyText money={{ minor: main, currency }} signed />;
}
