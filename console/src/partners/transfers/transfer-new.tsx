import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { NewTransfer, type OwnershipTransfer, type TransferPreview } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../../api/client.ts";
import { useChange } from "../../api/records.ts";
import type { Field } from "../../kit/form/field-declaration.ts";
import { RecordForm } from "../../kit/form/record-form.tsx";
import { Go, useGo } from "../../kit/link.tsx";
import { NameText } from "../../kit/name-text.tsx";
import { Page } from "../../kit/page.tsx";
import { ProblemLine } from "../../kit/problem-state.tsx";
import { Card, Figure, Figures } from "../../kit/record/card.tsx";
import css from "../record/record-parts.module.css";

const optional = z
  .string()
  .nullish()
  .transform((value) => value || null);
const Entry = NewTransfer.extend({ deputyUserId: optional, portfolioOf: optional });
const person = (row: { id: string; name: string }) => ({ value: row.id, label: row.name });

/** Hands one partner, several or a whole portfolio over; first it is shown what would happen, then it is done. */
export function TransferNew() {
  const { t } = useTranslation("partners");
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const partnerIds = (search.partners ?? "").split(",").filter((id) => id !== "");
  const preview = useChange({
    send: (values: NewTransfer) => api.post<TransferPreview>("/ownership-transfers/preview", values),
    refresh: [],
  });
  const chosen = partnerIds.length > 0;
  const wanted = (values: object) => Entry.parse({ ...values, partnerIds });
  return (
    <Page title={t("transfer.plan")} parent={{ label: t("transfer.title"), to: "/ownership-transfers" }}>
      {chosen ? <p>{t("transfer.of", { count: partnerIds.length })}</p> : null}
      <RecordForm
        schema={Entry}
        initial={{
          ...{ portfolioOf: "", ownerUserId: search.to ?? "", deputyUserId: "", commissionNote: "", reason: "" },
          ...{ effectiveOn: new Date().toISOString().slice(0, 10), tellPartners: true, partnerIds },
        }}
        fields={useTransferFields(chosen, (values) => preview.mutate(wanted(values)))}
        submit={t("transfer.do")}
        send={(values, key) => api.post<OwnershipTransfer>("/ownership-transfers", wanted(values), key)}
        done={(made) => go(`/ownership-transfers/${made.id}`)}
        refresh={["ownership-transfers", "partners", "audit"]}
      />
      {preview.isError ? <ProblemLine error={preview.error} /> : null}
      {preview.data === undefined ? null : <Preview preview={preview.data} />}
    </Page>
  );
}

function useTransferFields(chosen: boolean, show: (values: object) => void): readonly Field<object>[] {
  const { t } = useTranslation("partners");
  return [
    ...(chosen
      ? []
      : [
          {
            ...{
              kind: "record" as const,
              name: "portfolioOf",
              label: t("transfer.wholePortfolio"),
              required: true,
            },
            ...{ resource: "/users", query: () => ({ side: "operator" }), toOption: person },
          },
        ]),
    {
      kind: "record",
      name: "ownerUserId",
      label: t("transfer.newOwner"),
      required: true,
      half: true,
      resource: "/users",
      query: () => ({ side: "operator" }),
      toOption: person,
    },
    {
      kind: "record",
      name: "deputyUserId",
      label: t("deputy"),
      half: true,
      resource: "/users",
      query: () => ({ side: "operator" }),
      toOption: person,
    },
    {
      kind: "day",
      name: "effectiveOn",
      label: t("transfer.on"),
      hint: t("transfer.onHint"),
      required: true,
      half: true,
    },
    { kind: "switch", name: "tellPartners", label: t("transfer.tell"), hint: t("transfer.tellHint") },
    { kind: "textarea", name: "reason", label: t("record.reason"), required: true, rows: 2 },
    {
      kind: "textarea",
      name: "commissionNote",
      label: t("transfer.commissionNote"),
      hint: t("transfer.commissionNoteHint"),
      rows: 2,
    },
    {
      kind: "own",
      name: "preview",
      label: "",
      content: (values) => (
        <Button variant="default" onClick={() => show(values)}>
          {t("transfer.preview")}
        </Button>
      ),
    },
  ];
}

function Preview({ preview }: { readonly preview: TransferPreview }) {
  const { t } = useTranslation("partners");
  return (
    <Card title={t("transfer.preview")}>
      <Figures>
        <Figure label={t("transfer.partners")} value={preview.partners} />
        <Figure label={t("state.active")} value={preview.active} />
        <Figure label={t("transfer.withoutEmail")} value={preview.withoutEmail} />
        <Figure label={t("transfer.leftOut")} value={preview.leftOut.length} />
      </Figures>
      <ul>
        {preview.byOwner.map((one) => (
          <li key={one.ownerUserId ?? ""}>
            <NameText id={one.ownerUserId} /> · {t("transfer.of", { count: one.partners })}
          </li>
        ))}
      </ul>
      <p className={css.muted}>
        {preview.first.map((one) => (
          <span key={one.partnerId}>
            <Go to={`/partners/${one.partnerId}`}>{one.name}</Go>{" "}
          </span>
        ))}
      </p>
    </Card>
  );
}
