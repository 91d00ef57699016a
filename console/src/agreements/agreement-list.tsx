import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Agreement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column, View } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { ProposalForm } from "./proposal-form.tsx";
import { mainVersion, stateOf, TERMS_TONES } from "./states.ts";

const STATES = ["draft", "proposed", "approved", "sent", "countered", "active", "scheduled", "ending", "none"] as const;

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
        views={useAgreementViews()}
        filters={[
          {
            kind: "choice",
            field: "state",
            label: t("status"),
            several: true,
            options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
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
      <ProposalForm opened={search.new === "1"} partnerId={search.partner ?? ""} onClose={() => go("/agreements")} />
    </>
  );
}

function useAgreementViews(): readonly View[] {
  const { t } = useTranslation("agreements");
  return [
    { id: "all", label: t("view.all") },
    { id: "approvals", label: t("view.approvals"), filters: { awaiting: "me" } },
    { id: "negotiated", label: t("view.negotiated"), filters: { state: "draft,proposed,approved,sent,countered" } },
    { id: "countered", label: t("view.countered"), filters: { state: "countered" } },
    { id: "active", label: t("view.active"), filters: { state: "active" } },
    { id: "scheduled", label: t("view.scheduled"), filters: { state: "scheduled" } },
    { id: "ending", label: t("view.ending"), filters: { state: "ending" } },
  ];
}

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
      text: (one) => one.inForce?.status ?? one.pending?.status,
      width: 130,
      phone: "value",
    },
    {
      id: "pending",
      label: t("pending"),
      cell: (one) =>
        one.pending === null ? (
          "–"
        ) : (
          <StatusBadge plain state={one.pending.status} label={t(`state.${one.pending.status}`)} tones={TERMS_TONES} />
        ),
      text: (one) => one.pending?.status,
      width: 170,
      phone: "line",
    },
    {
      id: "program",
      label: t("program"),
      cell: (one) => <NameText id={one.programId} />,
      text: (one) => one.programId,
      width: 180,
    },
    {
      id: "plan",
      label: t("plan"),
      cell: (one) => <NameText id={mainVersion(one)?.planId} />,
      text: (one) => mainVersion(one)?.planId,
      width: 240,
    },
    {
      id: "from",
      label: t("validFrom"),
      cell: (one) => <DayText day={mainVersion(one)?.validFrom} />,
      text: (one) => mainVersion(one)?.validFrom,
      width: 120,
      align: "end",
    },
    {
      id: "change",
      label: t("changesOn"),
      cell: (one) => <DayText day={one.nextFrom ?? one.inForce?.validTo} />,
      text: (one) => one.nextFrom ?? one.inForce?.validTo,
      width: 130,
      align: "end",
    },
  ];
}

export function AgreementBadge({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const shown = mainVersion(agreement);
  const state = shown === null ? "none" : stateOf(shown);
  return <StatusBadge state={state} label={t(`state.${state}`)} tones={TERMS_TONES} />;
}
