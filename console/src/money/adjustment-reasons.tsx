import { Button } from "@mantine/core";
import { type AdjustmentReason, AdjustmentReason as ReasonSchema } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const KINDS = ["correction", "bonus", "write_off", "set_off", "reserve"] as const;
const NEW: AdjustmentReason = {
  code: "",
  names: { en: "", es: "" },
  kinds: ["correction"],
  needsEvidence: false,
  warnFrom: null,
  active: true,
  revision: 0,
};

/** The catalogue of reasons: what each may be used for, what it asks for, and from which amount on one looks twice. */
export function AdjustmentReasons() {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const [edited, setEdited] = useState<AdjustmentReason | null>(null);
  const reasons = useRecord<{ data: readonly AdjustmentReason[] }>("/adjustment-reasons");
  const mayWrite = can("settings.write");
  return (
    <Page
      title={t("reasons.title")}
      subtitle={t("reasons.text")}
      parent={{ label: t("adjustments"), to: "/adjustments" }}
      actions={mayWrite ? <Button onClick={() => setEdited(NEW)}>{t("reasons.create")}</Button> : undefined}
    >
      <Loaded query={reasons}>
        {({ data }) => <ReasonTable rows={data} onEdit={mayWrite ? setEdited : undefined} />}
      </Loaded>
      {edited === null ? null : <ReasonForm key={edited.code} reason={edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

interface TableProps {
  readonly rows: readonly AdjustmentReason[];
  readonly onEdit: ((reason: AdjustmentReason) => void) | undefined;
}

function ReasonTable({ rows, onEdit }: TableProps) {
  const { t, i18n } = useTranslation("money");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return (
    <Card title={t("reasons.title")} flush>
      <PlainTable
        label={t("reasons.title")}
        rows={rows}
        rowId={(row) => row.code}
        columns={[
          { id: "name", label: t("reasons.name"), cell: (row) => row.names[language] },
          { id: "code", label: t("adjust.code"), cell: (row) => <code>{row.code}</code> },
          {
            id: "kinds",
            label: t("kind"),
            cell: (row) => row.kinds.map((kind) => t(`adjustmentKind.${kind}`)).join(", "),
          },
          {
            id: "evidence",
            label: t("evidence.title"),
            cell: (row) => t(row.needsEvidence ? "reasons.needed" : "reasons.free"),
          },
          {
            id: "state",
            label: t("status"),
            cell: (row) => (
              <StatusBadge
                state={row.active ? "active" : "ended"}
                label={t(row.active ? "reasons.active" : "reasons.inactive")}
              />
            ),
          },
          {
            id: "edit",
            label: "",
            align: "end",
            cell: (row) =>
              onEdit === undefined ? null : (
                <Button size="compact-xs" variant="default" onClick={() => onEdit(row)}>
                  {t("reasons.edit")}
                </Button>
              ),
          },
        ]}
      />
    </Card>
  );
}

const Entry = ReasonSchema.pick({ code: true, names: true, kinds: true, needsEvidence: true, active: true }).extend({
  warnFrom: z.string().regex(/^\d*$/),
});

function ReasonForm({ reason, onClose }: { readonly reason: AdjustmentReason; readonly onClose: () => void }) {
  const { t } = useTranslation("money");
  const { code, names, kinds, needsEvidence, active, warnFrom } = reason;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(reason.revision === 0 ? "reasons.create" : "reasons.edit")}
      submit={t("reasons.save")}
      schema={Entry}
      initial={{ code, names, kinds: [...kinds], needsEvidence, active, warnFrom: warnFrom ?? "" }}
      fields={[
        {
          kind: "text",
          name: "code",
          label: t("adjust.code"),
          required: true,
          disabled: reason.revision > 0,
          half: true,
        },
        { kind: "integer", name: "warnFrom", label: t("reasons.warnFrom"), hint: t("reasons.warnHint"), half: true },
        { kind: "text", name: "names.en", label: t("reasons.nameEn"), required: true, half: true },
        { kind: "text", name: "names.es", label: t("reasons.nameEs"), required: true, half: true },
        {
          kind: "choices",
          name: "kinds",
          label: t("kind"),
          required: true,
          options: KINDS.map((value) => ({ value, label: t(`adjustmentKind.${value}`) })),
        },
        { kind: "switch", name: "needsEvidence", label: t("reasons.needsEvidence") },
        { kind: "switch", name: "active", label: t("reasons.active") },
      ]}
      send={({ code: written, warnFrom: limit, ...rest }) =>
        api.put<AdjustmentReason>(`/adjustment-reasons/${written}`, {
          ...rest,
          warnFrom: limit === "" ? null : limit,
          revision: reason.revision,
        })
      }
      done={onClose}
      refresh={["adjustment-reasons", "audit"]}
    />
  );
}
