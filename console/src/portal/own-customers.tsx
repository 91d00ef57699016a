import type { Customer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";

/** The partner's own customers; the operator's ids are masked. */
export function OwnCustomers() {
  const { t } = useTranslation("portal");
  return (
    <ListPage<Customer>
      name="own-customers"
      title={t("customers")}
      resource="/customers"
      rowId={(one) => one.id}
      open={(one) => `/customers/${one.id}`}
      sort="newest"
      columns={useOwnCustomerColumns()}
      empty={{ title: t("emptyCustomers"), text: t("emptyCustomersText") }}
    />
  );
}

function useOwnCustomerColumns(): readonly Column<Customer>[] {
  const { t } = useTranslation("portal");
  return [
    {
      id: "ref",
      label: t("customer"),
      cell: (one) => one.customerRef,
      text: (one) => one.customerRef,
      phone: "title",
    },
    {
      id: "country",
      label: t("country"),
      cell: (one) => one.country ?? "–",
      text: (one) => one.country,
      width: 90,
      phone: "line",
    },
    {
      id: "link",
      label: t("link"),
      cell: (one) => <NameText id={one.linkId} />,
      text: (one) => one.linkId,
      width: 200,
    },
    {
      id: "sub1",
      label: t("breakdown.sub1"),
      cell: (one) => one.dimensions.sub1 ?? "–",
      text: (one) => one.dimensions.sub1,
      width: 130,
    },
    {
      id: "registered",
      label: t("registered"),
      cell: (one) => <DateText at={one.registeredAt} detail="day" />,
      text: (one) => one.registeredAt,
      width: 140,
      align: "end",
      phone: "line",
    },
    {
      id: "deposited",
      label: t("firstDepositOn"),
      cell: (one) => <DateText at={one.firstDepositAt} detail="day" />,
      text: (one) => one.firstDepositAt,
      width: 150,
      align: "end",
    },
    {
      id: "first",
      label: t("firstDeposit"),
      cell: (one) => (one.firstDeposit === null ? "–" : <MoneyText money={one.firstDeposit} />),
      text: (one) => one.firstDeposit?.minor,
      width: 140,
      align: "end",
      phone: "value",
    },
  ];
}
