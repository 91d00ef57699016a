import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { LEAD_CHANNELS, LEAD_STATUSES, type Lead } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column, Filter } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { LeadForm } from "./lead-form.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { STATUS_TONES, useSettings } from "./words.ts";

const QUEUES = ["unrouted", "duplicates", "unmatched", "ageing", "no_next_step"] as const;

export function LeadList() {
  const { t } = useTranslation("pipeline");
  const { can, me } = useSession();
  const go = useGo();
  const fixed = useProgramQuery();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("pipeline.write") ? <Button onClick={() => go("/leads?new=1")}>{t("newLead")}</Button> : undefined;
  return (
    <>
      <ListPage<Lead>
        name="leads"
        title={t("leads")}
        resource="/leads"
        fixed={fixed}
        subtitle={<PipelineNav here="list" />}
        rowId={(one) => one.id}
        open={(one) => `/leads/${one.id}`}
        views={[
          { id: "open", label: t("views.open"), filters: { status: "open" } },
          { id: "mine", label: t("views.mine"), filters: { status: "open", ownerUserId: me.id } },
          ...QUEUES.map((queue) => ({ id: queue, label: t(`queues.${queue}`), filters: { queue } })),
          { id: "all", label: t("views.all") },
        ]}
        filters={useFilters()}
        search={t("search")}
        columns={useColumns()}
        preview={(one) => <Preview lead={one} />}
        empty={{ title: t("noLeads"), text: t("noLeadsText"), action: create }}
        actions={create}
      />
      <LeadForm opened={search.new === "1"} onClose={() => go("/leads")} />
    </>
  );
}

function useColumns(): readonly Column<Lead>[] {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const { stageName } = useSettings();
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, sort: "name", phone: "title" },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`statuses.${one.status}`)} tones={STATUS_TONES} />,
      text: (one) => one.status,
      width: 100,
      phone: "value",
    },
    {
      id: "stage",
      label: t("stage"),
      cell: (one) => stageName(one.stageId),
      text: (one) => one.stageId,
      width: 120,
      phone: "line",
    },
    {
      id: "owner",
      label: t("owner"),
      cell: (one) => (one.ownerUserId === null ? t("noOwner") : <NameText id={one.ownerUserId} />),
      text: (one) => one.ownerUserId,
      width: 140,
    },
    {
      id: "source",
      label: t("source"),
      cell: (one) => one.source ?? (one.sourceRaw === "" ? "–" : t("unknownSource", { raw: one.sourceRaw })),
      text: (one) => one.source ?? one.sourceRaw,
      width: 150,
    },
    {
      id: "country",
      label: t("country"),
      cell: (one) => (one.country === null ? "–" : format.country(one.country)),
      text: (one) => one.country,
      width: 150,
    },
    {
      id: "ftds",
      label: t("ftdsAMonth"),
      cell: (one) => (one.expectedFtds === null ? "–" : format.number(one.expectedFtds)),
      text: (one) => one.expectedFtds,
      align: "end",
      width: 120,
    },
    ...dayColumns(t),
  ];
}

function dayColumns(t: (key: string) => string): readonly Column<Lead>[] {
  return [
    {
      id: "next",
      label: t("nextStepOn"),
      cell: (one) => (one.nextStepOn === null ? "–" : <DayText day={one.nextStepOn} />),
      text: (one) => one.nextStepOn,
      sort: "nextStepOn",
      align: "end",
      width: 130,
    },
    {
      id: "createdAt",
      label: t("createdAt"),
      cell: (one) => <DateText at={one.createdAt} detail="day" />,
      text: (one) => one.createdAt,
      sort: "createdAt",
      align: "end",
      width: 120,
    },
  ];
}

function useFilters(): readonly Filter[] {
  const { t } = useTranslation("pipeline");
  const { stages, stageName } = useSettings();
  return [
    {
      kind: "choice",
      field: "status",
      label: t("status"),
      several: true,
      options: LEAD_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
    },
    {
      kind: "choice",
      field: "stageId",
      label: t("stage"),
      several: true,
      options: stages.map((one) => ({ value: one.id, label: stageName(one.id) })),
    },
    {
      kind: "choice",
      field: "channel",
      label: t("channel"),
      several: true,
      options: LEAD_CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) })),
    },
    {
      kind: "choice",
      field: "queue",
      label: t("queue"),
      options: QUEUES.map((value) => ({ value, label: t(`queues.${value}`) })),
    },
    {
      kind: "record",
      field: "ownerUserId",
      label: t("owner"),
      resource: "/users",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    { kind: "text", field: "country", label: t("country"), placeholder: "DE" },
    { kind: "text", field: "source", label: t("source") },
  ];
}

function Preview({ lead }: { readonly lead: Lead }) {
  const { t } = useTranslation("pipeline");
  return (
    <Properties
      items={[
        [t("contactName"), lead.contactName || "–"],
        [t("email"), lead.email || "–"],
        [t("phone"), lead.phone || "–"],
        [t("website"), lead.website || "–"],
        [t("nextStep"), lead.nextStep || "–"],
        [t("note"), lead.note || "–"],
      ]}
    />
  );
}
