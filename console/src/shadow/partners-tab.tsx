import { Button } from "@mantine/core";
import {
  type Partner,
  type Shadow,
  type ShadowPartner,
  ShadowPartnerSet,
  type ShadowPartnerTotal,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { useSumColumns } from "./days-tab.tsx";

/** Whom they call what, and the sums of each of our partners. */
export function PartnersTab({ shadow }: { readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  const partners = useRecord<Page<ShadowPartner>>(`/shadows/${shadow.id}/partners`);
  const columns = useSumColumns<ShadowPartnerTotal>();
  return (
    <>
      <Card title={t("theirNames")} flush>
        <Loaded query={partners}>{(page) => <Names shadow={shadow} rows={page.data} />}</Loaded>
      </Card>
      <Card title={t("partnerTotals")} flush>
        <ListPanel<ShadowPartnerTotal>
          embedded
          name="shadow-totals"
          title={t("partnerTotals")}
          resource={`/shadows/${shadow.id}/totals`}
          rowId={(one) => one.partnerId}
          columns={[
            {
              id: "partner",
              label: t("partner"),
              cell: (one) =>
                one.partnerId === "" ? t("nobody") : <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
              text: (one) => one.partnerId,
              phone: "title",
            },
            ...columns,
          ]}
          empty={{ title: t("notCompared") }}
        />
      </Card>
    </>
  );
}

function Names({ shadow, rows }: { readonly shadow: Shadow; readonly rows: readonly ShadowPartner[] }) {
  const { t } = useTranslation("shadow");
  const { can } = useSession();
  const format = useFormat();
  const [naming, setNaming] = useState<ShadowPartner | null>(null);
  const set = useChange({
    send: (body: ShadowPartnerSet) => api.post<Shadow>(`/shadows/${shadow.id}/partners`, body),
    refresh: ["shadows"],
  });
  const mayChange = can("events.write");
  return (
    <>
      <PlainTable
        label={t("theirNames")}
        rows={rows}
        rowId={(one) => one.theirs}
        empty={<p style={{ padding: 14, margin: 0 }}>{t("noNames")}</p>}
        columns={[
          { id: "theirs", label: t("theirName"), cell: (one) => (one.theirs === "" ? t("nobody") : one.theirs) },
          {
            id: "ours",
            label: t("partnerHere"),
            cell: (one) =>
              one.partnerId === null ? (
                <Unknown of={one} />
              ) : (
                <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />
              ),
          },
          { id: "conversions", label: t("conversions"), align: "end", cell: (one) => format.number(one.conversions) },
          {
            id: "agreement",
            label: t("agreement"),
            align: "end",
            cell: (one) => (one.conversions === 0 ? "–" : format.share(one.agreed / one.conversions)),
          },
          {
            id: "do",
            label: t("change"),
            align: "end",
            cell: (one) =>
              !mayChange || one.theirs === "" ? null : one.suggestedPartnerId !== null ? (
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => set.mutate({ theirs: one.theirs, partnerId: one.suggestedPartnerId })}
                >
                  {t("takeSuggestion")}
                </Button>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => setNaming(one)}>
                  {t("choose")}
                </Button>
              ),
          },
        ]}
      />
      {naming === null ? null : <NameForm shadow={shadow} of={naming} onClose={() => setNaming(null)} />}
    </>
  );
}

function Unknown({ of }: { readonly of: ShadowPartner }) {
  const { t } = useTranslation("shadow");
  if (of.theirs === "") return <span>–</span>;
  return (
    <>
      <StatusBadge state="unknown" label={t("unknownHere")} tones={{ unknown: "warn" }} plain />
      {of.suggestedPartnerId === null ? null : (
        <>
          {" "}
          {t("probably")} <NameText id={of.suggestedPartnerId} />
        </>
      )}
    </>
  );
}

function NameForm({
  shadow,
  of,
  onClose,
}: {
  readonly shadow: Shadow;
  readonly of: ShadowPartner;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation("shadow");
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("whoIs", { name: of.theirs })}
      submit={t("save")}
      schema={ShadowPartnerSet}
      initial={{ theirs: of.theirs, partnerId: of.partnerId }}
      fields={[
        {
          kind: "record",
          name: "partnerId",
          label: t("partnerHere"),
          resource: "/partners",
          toOption: (partner: Partner) => ({ value: partner.id, label: partner.name }),
        },
      ]}
      send={(values) =>
        api.post<Shadow>(`/shadows/${shadow.id}/partners`, { theirs: of.theirs, partnerId: values.partnerId ?? null })
      }
      done={onClose}
      refresh={["shadows"]}
    />
  );
}
