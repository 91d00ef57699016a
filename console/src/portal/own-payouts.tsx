import type { Payout, PayoutDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useParam } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { CourseTable, ItemTable } from "../payouts/payout-parts.tsx";
import { PAYOUT_TONES } from "../payouts/states.ts";

/** The partner's payouts: what is on its way and when it can be expected. */
export function OwnPayouts() {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  return (
    <ListPage<Payout>
      name="own-payouts"
      title={t("title")}
      resource="/payouts"
      rowId={(one) => one.id}
      open={(one) => `/payouts/${one.id}`}
      columns={[
        {
          id: "day",
          label: t("expected"),
          cell: (one) => (one.arrivalOn === null ? "–" : format.day(one.arrivalOn)),
          text: (one) => one.arrivalOn,
          width: 150,
          phone: "title",
        },
        {
          id: "state",
          label: t("state"),
          cell: (one) => <StatusBadge state={one.state} label={t(`ownState.${one.state}`)} tones={PAYOUT_TONES} />,
          text: (one) => one.state,
          width: 160,
          phone: "line",
        },
        { id: "payee", label: t("payee"), cell: (one) => one.payeeName, text: (one) => one.payeeName, width: 220 },
        { id: "account", label: t("goesTo"), cell: (one) => one.account, text: (one) => one.account, width: 190 },
        {
          id: "amount",
          label: t("amount"),
          cell: (one) => <MoneyText money={one.amount} />,
          text: (one) => plainAmount(one.amount),
          align: "end",
          width: 150,
          phone: "value",
        },
      ]}
      empty={{ title: t("noOwn"), text: t("noOwnText") }}
    />
  );
}

/** One payout as its partner sees it: the statements it pays, and where it is. */
export function OwnPayout() {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  const payout = useRecord<PayoutDetail>(`/payouts/${useParam("id")}`);
  return (
    <Loaded query={payout}>
      {(one) => (
        <RecordPage
          title={t("ownTitle", { day: format.instant(one.createdAt, "day") })}
          parent={{ label: t("title"), to: "/payouts" }}
          badge={<StatusBadge state={one.state} label={t(`ownState.${one.state}`)} tones={PAYOUT_TONES} />}
          next={
            one.reason === null
              ? undefined
              : { title: t(`ownState.${one.state}`), text: t("ownBack", { reason: one.reason }), tone: "bad" }
          }
          facts={[
            { label: t("amount"), value: <MoneyText money={one.amount} /> },
            { label: t("expected"), value: one.arrivalOn === null ? "–" : format.day(one.arrivalOn) },
            { label: t("goesTo"), value: one.account || "–" },
            { label: t("key"), value: <code>{one.id.replace("_", "-")}</code> },
          ]}
          tabs={[
            { id: "items", label: t("tabs.items"), content: () => <ItemTable payout={one} own /> },
            { id: "course", label: t("tabs.course"), content: () => <CourseTable payout={one} own /> },
          ]}
        />
      )}
    </Loaded>
  );
}
