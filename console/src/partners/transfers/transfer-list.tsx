import { Button } from "@mantine/core";
import type { OwnershipTransfer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../../kit/link.tsx";
import { ListPage } from "../../kit/list/list-page.tsx";
import { useSession } from "../../session/session.tsx";
import { useTransferColumns } from "./transfer-columns.tsx";

/** Partners that go to another owner: planned, done, taken back. */
export function TransferList() {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const go = useGo();
  const plan = can("partners.write") ? (
    <Button onClick={() => go("/ownership-transfers/new")}>{t("transfer.plan")}</Button>
  ) : undefined;
  return (
    <ListPage<OwnershipTransfer>
      name="ownership-transfers"
      title={t("transfer.title")}
      resource="/ownership-transfers"
      rowId={(one) => one.id}
      open={(one) => `/ownership-transfers/${one.id}`}
      views={[
        { id: "all", label: t("views.all") },
        { id: "planned", label: t("transfer.state.planned"), filters: { state: "planned" } },
        { id: "done", label: t("transfer.state.done"), filters: { state: "done" } },
      ]}
      columns={useTransferColumns()}
      empty={{ title: t("transfer.none"), text: t("transfer.noneText"), action: plan }}
      actions={plan}
    />
  );
}
