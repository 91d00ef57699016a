import type { Customer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { useCustomerColumns } from "./customer-columns.tsx";

const STATUSES = ["attributed", "unattributed", "by_hand"] as const;

export function CustomerList() {
  const { t } = useTranslation("customers");
  return (
    <ListPage<Customer>
      name="customers"
      title={t("title")}
      resource="/customers"
      fixed={useProgramQuery()}
      rowId={(one) => one.id}
      open={(one) => `/customers/${one.id}`}
      views={[
        { id: "all", label: t("views.all") },
        { id: "unattributed", label: t("views.unattributed"), filters: { status: "unattributed" } },
        { id: "byHand", label: t("views.byHand"), filters: { status: "by_hand" } },
      ]}
      filters={[
        {
          kind: "choice",
          field: "status",
          label: t("status"),
          several: true,
          options: STATUSES.map((value) => ({ value, label: t(`state.${value}`) })),
        },
        {
          kind: "record",
          field: "partnerId",
          label: t("partner"),
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", field: "country", label: t("country"), placeholder: "DE" },
      ]}
      search={t("search")}
      sort="newest"
      columns={useCustomerColumns()}
      empty={{ title: t("empty"), text: t("emptyText") }}
    />
  );
}
