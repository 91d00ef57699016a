import { Button } from "@mantine/core";
import { type Inquiry, NewInquiry } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

type Row = Omit<Inquiry, "messages">;
export const INQUIRY_TONES = { open: "warn", answered: "info", resolved: "good", declined: "bad" } as const;
const STATES = ["open", "answered", "resolved", "declined", "withdrawn"] as const;

/** Questions of all partners: the operator's list. */
export function InquiryList() {
  return <Inquiries own={false} />;
}

/** The partner's own. */
export function OwnInquiries() {
  return <Inquiries own />;
}

function Inquiries({ own }: { readonly own: boolean }) {
  const { t } = useTranslation("money");
  return (
    <ListPage<Row>
      name={own ? "own-inquiries" : "inquiries"}
      title={t("inquiry.many")}
      resource="/inquiries"
      rowId={(one) => one.id}
      open={(one) => `/inquiries/${one.id}`}
      views={[
        { id: "open", label: t("inquiry.views.open"), filters: { state: "open" } },
        { id: "all", label: t("views.all") },
      ]}
      filters={[
        {
          kind: "choice",
          field: "state",
          label: t("status"),
          several: true,
          options: STATES.map((value) => ({ value, label: t(`inquiry.state.${value}`) })),
        },
      ]}
      columns={useColumns(!own)}
      empty={{ title: t("inquiry.empty"), text: t(own ? "inquiry.emptyOwn" : "inquiry.emptyText") }}
    />
  );
}

/** The questions about one statement, and the way to ask another. */
export function InquiryPanel({ statementId }: { readonly statementId: string }) {
  const { t } = useTranslation("money");
  const [asking, setAsking] = useState(false);
  const ask = <Button onClick={() => setAsking(true)}>{t("inquiry.ask")}</Button>;
  return (
    <>
      <ListPanel<Row>
        embedded
        name="inquiries-of-record"
        title={t("inquiry.many")}
        resource="/inquiries"
        fixed={{ statementId }}
        rowId={(one) => one.id}
        open={(one) => `/inquiries/${one.id}`}
        columns={useColumns(false)}
        empty={{ title: t("inquiry.empty"), text: t("inquiry.emptyText"), action: ask }}
        actions={ask}
      />
      <FormDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("inquiry.ask")}
        submit={t("inquiry.send")}
        schema={NewInquiry.pick({ subject: true, text: true, lineId: true })}
        initial={{ subject: "", text: "", lineId: "" }}
        draft={`inquiry-${statementId}`}
        fields={[
          { kind: "text", name: "subject", label: t("inquiry.subject"), required: true },
          { kind: "textarea", name: "text", label: t("inquiry.question"), required: true, rows: 5 },
          { kind: "text", name: "lineId", label: t("inquiry.line"), hint: t("inquiry.lineHint"), placeholder: "cln_…" },
        ]}
        send={({ subject, text, lineId }, key) =>
          api.post<Inquiry>("/inquiries", { statementId, subject, text, lineId: lineId === "" ? null : lineId }, key)
        }
        done={() => undefined}
        refresh={["inquiries", "audit"]}
      />
    </>
  );
}

function useColumns(withPartner: boolean): readonly Column<Row>[] {
  const { t } = useTranslation("money");
  return [
    {
      id: "subject",
      label: t("inquiry.subject"),
      cell: (one) => one.subject,
      text: (one) => one.subject,
      phone: "title",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`inquiry.state.${one.state}`)} tones={INQUIRY_TONES} />,
      text: (one) => one.state,
      width: 170,
      phone: "value",
    },
    ...(withPartner
      ? [
          {
            id: "partner",
            label: t("partner"),
            cell: (one: Row) => <NameText id={one.partnerId} />,
            text: (one: Row) => one.partnerId,
            width: 200,
            phone: "line" as const,
          },
        ]
      : []),
    {
      id: "month",
      label: t("month"),
      cell: (one) => <DayText day={one.month} />,
      text: (one) => one.month,
      width: 130,
      phone: "line",
    },
    {
      id: "answerBy",
      label: t("inquiry.answerBy"),
      cell: (one) =>
        one.state !== "open" ? (
          "–"
        ) : (
          <span data-overdue={one.overdue}>
            <DateText at={one.answerBy} />
            {one.overdue ? ` · ${t("inquiry.overdue")}` : ""}
          </span>
        ),
      text: (one) => one.answerBy,
      width: 230,
    },
  ];
}
