import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Agreement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { ProposalForm } from "./proposal-form.tsx";

export function AgreementList() {
  const { t } = useTranslation("agreements");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("agreements.write") ? (
    <Button onClick={() => go("/agreements?new=1")}>{t("propose")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Agreement>
        name="agreements"
        title={t("title")}
        resource="/agreements"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        open={(one) => `/agreements/${one.id}`}
        filters={[
          {
            kind: "record",
            field: "partnerId",
            label: t("partner"),
            resource: "/partners",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
        ]}
        columns={useAgreementColumns()}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <ProposalForm opened={search.new === "1"} onClose={() => go("/agreements")} />
    </>
  );
}

const shown = (one: Agreement) => one.inForce ?? one.pending;

function useAgreementColumns(): readonly Column<Agreement>[] {
  const { t } = useTranslation("agreements");
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} />,
      text: (one) => one.partnerId,
      phone: "title",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <AgreementBadge agreement={one} />,
      text: (one) => shown(one)?.status,
      width: 130,
      phone: "value",
    },
    {
      id: "program",
      label: t("program"),
      cell: (one) => <NameText id={one.programId} />,
      text: (one) => one.programId,
      width: 200,
      phone: "line",
    },
    {
      id: "plan",
      label: t("plan"),
      cell: (one) => <NameText id={shown(one)?.planId} />,
      text: (one) => shown(one)?.planId,
      width: 260,
    },
    {
      id: "pending",
      label: t("pending"),
      cell: (one) => (one.pending === null ? "–" : t(`state.${one.pending.status}`)),
      text: (one) => one.pending?.status,
      width: 130,
    },
    {
      id: "from",
      label: t("validFrom"),
      cell: (one) => <DayText day={shown(one)?.validFrom} />,
      text: (one) => shown(one)?.validFrom,
      width: 130,
      align: "end",
    },
  ];
}

export function AgreementBadge({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const state = agreement.inForce === null ? (agreement.pending?.status ?? "ended") : "accepted";
  return <StatusBadge state={state} label={t(`state.${state}`)} />;
}
