import { Button } from "@mantine/core";
import { NewSite, type Site, SiteKind } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DILIGENCE_REFRESH, SITE_TONES } from "./states.ts";

/** Sites and channels of all partners: what is to be looked at first. */
export function SiteList() {
  const { t } = useTranslation("compliance");
  const nothing = { title: t("sites.empty"), text: t("sites.emptyText") };
  return (
    <ListPage<Site>
      name="sites"
      title={t("sites.title")}
      resource="/sites"
      rowId={(one) => one.id}
      open={(one) => `/sites/${one.id}`}
      views={[
        { id: "due", label: t("sites.views.due"), filters: { due: "true" }, empty: nothing },
        { id: "failed", label: t("sites.views.failed"), filters: { state: "failed" } },
        { id: "all", label: t("views.all") },
      ]}
      columns={useSiteColumns(true)}
      empty={nothing}
    />
  );
}

function useSiteColumns(withPartner: boolean): readonly Column<Site>[] {
  const { t } = useTranslation("compliance");
  const partner: Column<Site> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}?tab=due-diligence`} />,
    text: (one) => one.partnerId,
    width: 200,
    phone: "line",
  };
  return [
    {
      id: "address",
      label: t("sites.address"),
      cell: (one) => one.address,
      text: (one) => one.address,
      phone: "title",
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`sites.states.${one.state}`)} tones={SITE_TONES} />,
      text: (one) => one.state,
      width: 170,
      phone: "value",
    },
    {
      id: "kind",
      label: t("sites.kind"),
      cell: (one) => t(`sites.kinds.${one.kind}`),
      text: (one) => one.kind,
      width: 140,
    },
    ...(withPartner ? [partner] : []),
    {
      id: "review",
      label: t("sites.reviewOn"),
      cell: (one) => <DayText day={one.reviewOn} />,
      text: (one) => one.reviewOn,
      width: 140,
    },
    { id: "by", label: t("sites.addedBy"), cell: (one) => one.addedBy, text: (one) => one.addedBy, width: 150 },
  ];
}

/** The sites and channels of one partner. */
export function SitePanel({ partnerId, own }: { readonly partnerId: string; readonly own?: boolean }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const add = can("documents.write") ? (
    <Button size="xs" variant="default" onClick={() => setAdding(true)}>
      {t("sites.add")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("sites.title")} actions={add} flush>
      <ListPanel<Site>
        embedded
        name="partner-sites"
        title={t("sites.title")}
        resource="/sites"
        fixed={{ partnerId }}
        rowId={(one) => one.id}
        {...(own === true ? {} : { open: (one: Site) => `/sites/${one.id}` })}
        columns={useSiteColumns(false)}
        empty={{ title: t("sites.none"), text: t("sites.noneText") }}
      />
      <FormDialog
        opened={adding}
        onClose={() => setAdding(false)}
        title={t("sites.add")}
        submit={t("sites.add")}
        schema={NewSite}
        initial={{ kind: "website", address: "", note: "" }}
        fields={[
          {
            kind: "select",
            name: "kind",
            label: t("sites.kind"),
            options: SiteKind.options.map((value) => ({ value, label: t(`sites.kinds.${value}`) })),
          },
          {
            kind: "text",
            name: "address",
            label: t("sites.address"),
            placeholder: "https://example.com",
            required: true,
          },
          { kind: "text", name: "note", label: t("documents.note") },
        ]}
        send={(values, key) => api.post<Site>("/sites", own === true ? values : { ...values, partnerId }, key)}
        done={() => setAdding(false)}
        refresh={DILIGENCE_REFRESH}
      />
    </Card>
  );
}
