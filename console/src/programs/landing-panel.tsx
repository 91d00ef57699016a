import { Button } from "@mantine/core";
import { type LandingPage, LandingPageChange, NewLandingPage, type Offer } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { UsedBar } from "../kit/used-bar.tsx";
import { useSession } from "../session/session.tsx";

type Editing = LandingPage | "new" | null;

/** The pages that take turns, each with its share of the clicks. */
export function LandingPanel({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const [editing, setEditing] = useState<Editing>(null);
  const pages = useRecord<Page<LandingPage>>(`/offers/${offer.id}/landing-pages`, { limit: 200 });
  const columns = useLandingColumns(pages.data?.data ?? [], can("programs.write") ? setEditing : null);
  const add = can("programs.write") ? (
    <Button size="xs" variant="default" onClick={() => setEditing("new")}>
      {t("landing.add")}
    </Button>
  ) : undefined;
  return (
    <>
      <Loaded query={pages}>
        {({ data }) => (
          <Card title={t("landing.title")} actions={add} flush>
            <PlainTable
              label={t("landing.title")}
              rows={data}
              rowId={(page) => page.id}
              columns={columns}
              empty={
                <EmptyState title={t("landing.empty")} text={t("landing.emptyText", { address: offer.landingUrl })} />
              }
            />
          </Card>
        )}
      </Loaded>
      {editing === null ? null : <LandingForm offer={offer} editing={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function useLandingColumns(
  pages: readonly LandingPage[],
  onEdit: ((page: LandingPage) => void) | null,
): readonly PlainColumn<LandingPage>[] {
  const { t } = useTranslation("programs");
  const format = useFormat();
  const whole = pages.filter((page) => page.status === "active").reduce((sum, page) => sum + page.weight, 0);
  const shareOf = (page: LandingPage) => (page.status === "active" && whole > 0 ? page.weight / whole : 0);
  return [
    { id: "name", label: t("name"), cell: (page) => page.name },
    {
      id: "url",
      label: t("landingUrl"),
      cell: (page) => <span style={{ overflowWrap: "anywhere", display: "block", minWidth: 180 }}>{page.url}</span>,
    },
    {
      id: "share",
      label: t("landing.share"),
      cell: (page) => (
        <UsedBar
          label={t("landing.shareOf", { name: page.name })}
          share={shareOf(page) * 100}
          tone="info"
          said={format.share(shareOf(page))}
          note={t("landing.weightIs", { weight: page.weight })}
        />
      ),
    },
    {
      id: "status",
      label: t("status"),
      cell: (page) => <StatusBadge plain state={page.status} label={t(`landing.state.${page.status}`)} />,
    },
    ...(onEdit === null
      ? []
      : [
          {
            id: "edit",
            label: "",
            align: "end" as const,
            cell: (page: LandingPage) => (
              <Button size="compact-xs" variant="default" onClick={() => onEdit(page)}>
                {t("edit")}
              </Button>
            ),
          },
        ]),
  ];
}

interface LandingFormProps {
  readonly offer: Offer;
  readonly editing: LandingPage | "new";
  readonly onClose: () => void;
}

interface LandingValues {
  readonly revision: number;
  readonly name: string;
  readonly url: string;
  readonly weight: number;
  readonly status: LandingPage["status"];
}

function LandingForm({ offer, editing, onClose }: LandingFormProps) {
  const { t } = useTranslation("programs");
  const page = editing === "new" ? null : editing;
  const status: Field<LandingValues> = {
    kind: "select",
    name: "status",
    label: t("status"),
    half: true,
    options: (["active", "paused", "archived"] as const).map((value) => ({
      value,
      label: t(`landing.state.${value}`),
    })),
  };
  return (
    <FormDialog<LandingValues, LandingPage>
      opened
      onClose={onClose}
      title={page === null ? t("landing.add") : page.name}
      submit={t("save")}
      schema={page === null ? NewLandingPage : LandingPageChange}
      initial={{
        revision: page?.revision ?? 1,
        name: page?.name ?? "",
        url: page?.url ?? "",
        weight: page?.weight ?? 100,
        status: page?.status ?? "active",
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true },
        {
          kind: "url",
          name: "url",
          label: t("landingUrl"),
          hint: t("landing.hosts", { hosts: offer.allowedHosts.join(", ") }),
          required: true,
        },
        { kind: "integer", name: "weight", label: t("landing.weight"), hint: t("landing.weightHint"), half: true },
        ...(page === null ? [] : [status]),
      ]}
      send={(values, key) => {
        const { name, url, weight } = values;
        return page === null
          ? api.post<LandingPage>(`/offers/${offer.id}/landing-pages`, { name, url, weight: weight ?? 0 }, key)
          : api.patch<LandingPage>(`/landing-pages/${page.id}`, { ...values, weight: weight ?? 0 });
      }}
      done={() => undefined}
      refresh={["offers", "landing-pages", "audit"]}
    />
  );
}
