import { Button } from "@mantine/core";
import type { Payee, PayeeHold } from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useSession } from "../session/session.tsx";
import { PAYEE_REFRESH } from "./identity-form.tsx";
import { useAspectRows, VersionCard } from "./version-card.tsx";

/** What two people agreed on: identity, ways of paying, payout terms, tax; below it holds and notices. */
export function PayeeOverview({ payee, own }: { readonly payee: Payee; readonly own: boolean }) {
  const { t } = useTranslation("payees");
  const rows = useAspectRows();
  const missing = <EmptyState title={t("notDecided")} text={t("notDecidedText")} />;
  const part = (title: string, items: ReturnType<typeof rows.identity> | null) => (
    <Card title={title}>{items === null ? missing : <Properties items={items} />}</Card>
  );
  return (
    <>
      {payee.details.map((one, at) => (
        <VersionCard key={one.id} version={one} title={t(at === 0 ? "firstUsed" : "nextUsed")} />
      ))}
      {part(t("aspects.identity"), payee.identity === null ? null : rows.identity(payee.identity))}
      {part(t("aspects.terms"), payee.terms === null ? null : [...rows.terms(payee.terms), selfBillingRow(payee, t)])}
      {part(t("aspects.tax"), payee.tax === null ? null : rows.tax(payee.tax))}
      {payee.holds.length === 0 ? null : <Holds holds={payee.holds} own={own} />}
      {payee.notices.length === 0 ? null : <Notices payee={payee} />}
    </>
  );
}

function selfBillingRow(payee: Payee, t: (key: string) => string): readonly [string, ReactNode] {
  const { selfBilling } = payee;
  if (selfBilling === null) return [t("selfBilling"), t("selfBillingNone")];
  const how = t(selfBilling.onPaper ? "onPaper" : "inPortal");
  return [
    t("selfBilling"),
    <span key="accepted">
      {selfBilling.acceptedName}, <DateText at={selfBilling.acceptedAt} detail="day" />, {how}
    </span>,
  ];
}

function Holds({ holds, own }: { readonly holds: readonly PayeeHold[]; readonly own: boolean }) {
  const { t } = useTranslation("payees");
  const { can } = useSession();
  const [lifting, setLifting] = useState<PayeeHold | null>(null);
  return (
    <Card title={t("holds")} flush>
      <PlainTable
        label={t("holds")}
        rows={holds}
        rowId={(one) => one.id}
        columns={[
          { id: "reason", label: t("reason"), cell: (one) => one.reason || t("held") },
          { id: "placed", label: t("placed"), cell: (one) => <DateText at={one.placedAt} /> },
          ...(own ? [] : [{ id: "by", label: t("placedBy"), cell: (one: PayeeHold) => one.placedName }]),
          { id: "until", label: t("until"), cell: (one) => <DateText at={one.until} /> },
          {
            id: "lifted",
            label: t("lifted"),
            align: "end",
            cell: (one) =>
              one.liftedAt === null && can("payees.approve") ? (
                <Button size="compact-xs" variant="default" onClick={() => setLifting(one)}>
                  {t("lift")}
                </Button>
              ) : (
                <DateText at={one.liftedAt} />
              ),
          },
        ]}
      />
      <ConfirmDialog
        opened={lifting !== null}
        onClose={() => setLifting(null)}
        title={t("lift")}
        text={t("liftText")}
        action={t("lift")}
        reason="required"
        send={(comment) => api.post(`/payee-holds/${lifting?.id}/lift`, { comment })}
        refresh={PAYEE_REFRESH}
      />
    </Card>
  );
}

function Notices({ payee }: { readonly payee: Payee }) {
  const { t } = useTranslation("payees");
  return (
    <Card title={t("notices")} flush>
      <PlainTable
        label={t("notices")}
        rows={payee.notices}
        rowId={(one) => one.id}
        columns={[
          { id: "what", label: t("what"), cell: (one) => t(`notice.${one.kind}`) },
          { id: "to", label: t("sentTo"), cell: (one) => one.sentTo || "–" },
          { id: "at", label: t("at"), align: "end", cell: (one) => <DateText at={one.at} /> },
        ]}
      />
    </Card>
  );
}
