import type { LedgerTransfer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { AccountText } from "./account-text.tsx";
import { amountOf } from "./minor.ts";

/** Bookings of the ledger, newest first. */
export function TransferPanel({ fixed }: { readonly fixed?: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("money");
  return (
    <ListPanel<LedgerTransfer>
      embedded
      name="transfers"
      title={t("transfers")}
      resource="/ledger/transfers"
      {...(fixed === undefined ? {} : { fixed })}
      rowId={(one) => one.id}
      columns={useTransferColumns()}
      empty={{ title: t("emptyTransfers"), text: t("emptyTransfersText") }}
    />
  );
}

function useTransferColumns(): readonly Column<LedgerTransfer>[] {
  const { t } = useTranslation("money");
  return [
    {
      id: "recipe",
      label: t("recipeTitle"),
      cell: (one) => t(`recipe.${one.recipe}`, { defaultValue: one.recipe }),
      text: (one) => one.recipe,
      phone: "title",
    },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      width: 190,
      phone: "line",
      hidden: true,
    },
    {
      id: "period",
      label: t("bookedIn"),
      cell: (one) => <DayText day={one.period} />,
      text: (one) => one.period,
      width: 130,
      hidden: true,
    },
    {
      id: "occurredOn",
      label: t("happenedOn"),
      cell: (one) => <DayText day={one.occurredOn} />,
      text: (one) => one.occurredOn,
      width: 120,
    },
    {
      id: "debit",
      label: t("debit"),
      cell: (one) => <AccountText id={one.debit} />,
      text: (one) => one.debit,
      width: 270,
    },
    {
      id: "credit",
      label: t("credit"),
      cell: (one) => <AccountText id={one.credit} />,
      text: (one) => one.credit,
      width: 270,
    },
    {
      id: "bookedAt",
      label: t("bookedAt"),
      cell: (one) => <DateText at={one.bookedAt} />,
      text: (one) => one.bookedAt,
      width: 160,
      hidden: true,
    },
    {
      id: "amount",
      label: t("amount"),
      cell: (one) => <MoneyText money={amountOf(one, one.amount)} signed />,
      text: (one) => plainAmount(amountOf(one, one.amount)),
      width: 140,
      align: "end",
      phone: "value",
    },
  ];
}
