import type { Customer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

const TONES = { attributed: "good", unattributed: "warn", by_hand: "info" } as const;

export function AttributionBadge({ status }: { readonly status: Customer["status"] }) {
  const { t } = useTranslation("customers");
  return <StatusBadge state={status} label={t(`state.${status}`)} tones={TONES} />;
}

export function useCustomerColumns(): readonly Column<Customer>[] {
  const { t } = useTranslation("customers");
  const when = (
    id: "registeredAt" | "kycAt" | "firstDepositAt" | "secondDepositAt",
    hidden = false,
  ): Column<Customer> => ({
    id,
    label: t(`milestone.${id}`),
    cell: (one) => <DateText at={one[id]} detail="day" />,
    text: (one) => one[id],
    width: 130,
    align: "end",
    hidden,
  });
  return [
    { id: "ref", label: t("customer"), cell: (one) => one.customerRef, text: (one) => one.customerRef, phone: "title" },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <AttributionBadge status={one.status} />,
      text: (one) => one.status,
      width: 140,
      phone: "value",
    },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      width: 200,
      phone: "line",
    },
    {
      id: "country",
      label: t("country"),
      cell: (one) => one.country ?? "–",
      text: (one) => one.country,
      width: 90,
      phone: "line",
    },
    when("registeredAt"),
    when("kycAt", true),
    when("firstDepositAt"),
    {
      id: "first",
      label: t("firstDeposit"),
      cell: (one) => (one.firstDeposit === null ? "–" : <MoneyText money={one.firstDeposit} />),
      text: (one) => one.firstDeposit?.minor,
      width: 140,
      align: "end",
    },
    when("secondDepositAt"),
  ];
}
