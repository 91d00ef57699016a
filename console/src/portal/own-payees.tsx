import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { PayeeSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo, useParam } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NewPayeeForm } from "../payees/identity-form.tsx";
import { usePayeeColumns } from "../payees/payee-list.tsx";
import { OnePayee } from "../payees/payee-record.tsx";
import { useSession } from "../session/session.tsx";

/** Who is paid for the partner, where, and what stands in the way. */
export function OwnPayees() {
  const { t } = useTranslation("payees");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("payees.write") ? (
    <Button onClick={() => go("/payment-details?new=1")}>{t("create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<PayeeSummary>
        name="own-payees"
        title={t("ownTitle")}
        resource="/payees"
        rowId={(one) => one.id}
        open={(one) => `/payment-details/${one.id}`}
        columns={usePayeeColumns(true)}
        empty={{ title: t("ownEmpty"), text: t("ownEmptyText"), action: create }}
        actions={create}
      />
      <NewPayeeForm
        opened={search.new === "1"}
        onClose={() => go("/payment-details")}
        done={(made) => go(`/payment-details/${made.id}`)}
      />
    </>
  );
}

export function OwnPayee() {
  return <OnePayee id={useParam("id")} own />;
}
