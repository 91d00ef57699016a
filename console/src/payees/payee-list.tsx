import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { PayeeSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { NewPayeeForm } from "./identity-form.tsx";
import { PAYABILITY_TONES, PAYEE_TONES, payability } from "./states.ts";

/** Who is paid, and why somebody cannot be. */
export function PayeeList() {
  const { t } = useTranslation("payees");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("payees.write") ? <Button onClick={() => go("/payees?new=1")}>{t("create")}</Button> : undefined;
  return (
    <>
      <ListPage<PayeeSummary>
        name="payees"
        title={t("title")}
        resource="/payees"
        rowId={(one) => one.id}
        open={(one) => `/payees/${one.id}`}
        search={t("search")}
        views={[
          { id: "all", label: t("views.all") },
          { id: "waiting", label: t("views.waiting"), filters: { waiting: "true" } },
          { id: "proposed", label: t("views.proposed"), filters: { status: "proposed" } },
          { id: "closed", label: t("views.closed"), filters: { status: "closed" } },
        ]}
        filters={[
          {
            kind: "record",
            field: "partnerId",
            label: t("partner"),
            resource: "/partners",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
          { kind: "text", field: "country", label: t("country"), placeholder: "ES" },
        ]}
        columns={usePayeeColumns(false)}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <NewPayeeForm
        opened={search.new === "1"}
        onClose={() => go("/payees")}
        done={(made) => go(`/payees/${made.id}`)}
      />
    </>
  );
}

/** @param own without whom it is paid for: a partner knows that it is itself */
export function usePayeeColumns(own: boolean): readonly Column<PayeeSummary>[] {
  const { t } = useTranslation("payees");
  const why = (one: PayeeSummary) => one.blocks.map((block) => t(`block.${block.code}`)).join(", ");
  const partner: Column<PayeeSummary> = {
    id: "partners",
    label: t("paidFor"),
    cell: (one) => <NamesText ids={one.partnerIds} />,
    text: (one) => one.partnerIds.join(" "),
    width: 170,
    phone: "line",
  };
  return [
    { id: "name", label: t("legalName"), cell: (one) => one.legalName, text: (one) => one.legalName, phone: "title" },
    {
      id: "payable",
      label: t("payable"),
      cell: (one) => (
        <StatusBadge state={payability(one)} label={t(`payability.${payability(one)}`)} tones={PAYABILITY_TONES} />
      ),
      text: payability,
      width: 110,
      phone: "value",
    },
    { id: "why", label: t("why"), cell: (one) => why(one) || "–", text: why, width: 180 },
    ...(own ? [] : [partner]),
    {
      id: "methods",
      label: t("paidTo"),
      cell: (one) => one.methods[0] ?? "–",
      text: (one) => one.methods.join(", "),
      width: 185,
      phone: "line",
    },
    { id: "country", label: t("country"), cell: (one) => one.country, text: (one) => one.country, width: 80 },
    {
      id: "status",
      label: t("identity"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={PAYEE_TONES} plain />,
      text: (one) => one.status,
      width: 105,
    },
    {
      id: "waiting",
      label: t("waiting"),
      cell: (one) => (one.waiting === 0 ? "–" : one.waiting),
      text: (one) => one.waiting,
      align: "end",
      width: 85,
    },
  ];
}

function NamesText({ ids }: { readonly ids: readonly string[] }) {
  const [first, ...rest] = ids;
  if (first === undefined) return "–";
  return (
    <>
      <NameText id={first} />
      {rest.length === 0 ? null : ` +${rest.length}`}
    </>
  );
}
