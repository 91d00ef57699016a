import { Button } from "@mantine/core";
import { type LegalHold, NewLegalHold } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const KINDS = ["partner", "contact", "user", "related_person", "lead"] as const;

/** What keeps records from every erasure and retention rule. */
export function HoldList() {
  const { t } = useTranslation("privacy");
  const { can } = useSession();
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<LegalHold | null>(null);
  const place = can("privacy.write") ? <Button onClick={() => setPlacing(true)}>{t("placeHold")}</Button> : undefined;
  return (
    <>
      <ListPage<LegalHold>
        name="legal-holds"
        title={t("holds")}
        subtitle={t("holdsText")}
        resource="/privacy/holds"
        rowId={(one) => one.id}
        columns={useColumns(setLifting)}
        empty={{ title: t("emptyHolds"), text: t("emptyHoldsText"), action: place }}
        actions={place}
      />
      <FormDialog
        opened={placing}
        onClose={() => setPlacing(false)}
        title={t("placeHold")}
        submit={t("placeHold")}
        schema={NewLegalHold}
        initial={{ subjectKind: "partner" as LegalHold["subjectKind"], subjectId: "", reason: "" }}
        fields={[
          {
            kind: "select",
            name: "subjectKind",
            label: t("recordKind"),
            required: true,
            options: KINDS.map((value) => ({ value, label: t(`subject.${value}`) })),
          },
          {
            kind: "record",
            name: "subjectId",
            label: t("subject.partner"),
            required: true,
            resource: "/partners",
            when: (values) => values.subjectKind === "partner",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
          {
            kind: "text",
            name: "subjectId",
            label: t("id"),
            required: true,
            when: (values) => values.subjectKind !== "partner",
          },
          { kind: "text", name: "reason", label: t("reason"), required: true },
        ]}
        send={(values, key) => api.post<LegalHold>("/privacy/holds", values, key)}
        done={() => undefined}
        refresh={["privacy", "audit"]}
      />
      <ConfirmDialog
        opened={lifting !== null}
        onClose={() => setLifting(null)}
        title={t("liftHold")}
        text={t("liftHoldText")}
        action={t("liftHold")}
        reason="required"
        send={(reason) => api.post<LegalHold>(`/privacy/holds/${lifting?.id}/lift`, { reason })}
        refresh={["privacy", "audit"]}
      />
    </>
  );
}

function useColumns(onLift: (hold: LegalHold) => void): readonly Column<LegalHold>[] {
  const { t } = useTranslation("privacy");
  const { can, me } = useSession();
  return [
    {
      id: "subject",
      label: t("person"),
      cell: (one) => <NameText id={one.subjectId} />,
      text: (one) => one.subjectId,
      phone: "title",
    },
    {
      id: "kind",
      label: t("recordKind"),
      cell: (one) => t(`subject.${one.subjectKind}`),
      text: (one) => one.subjectKind,
      width: 150,
      phone: "line",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => (
        <StatusBadge
          state={one.liftedAt === null ? "paused" : "deactivated"}
          label={t(one.liftedAt === null ? "holdState.open" : "holdState.lifted")}
        />
      ),
      text: (one) => one.liftedAt,
      width: 120,
      phone: "value",
    },
    { id: "reason", label: t("reason"), cell: (one) => one.reason, text: (one) => one.reason, width: 240 },
    {
      id: "by",
      label: t("placedBy"),
      cell: (one) => <NameText id={one.placedBy} />,
      text: (one) => one.placedBy,
      width: 170,
    },
    {
      id: "at",
      label: t("at"),
      cell: (one) => <DateText at={one.placedAt} detail="day" />,
      text: (one) => one.placedAt,
      width: 130,
    },
    {
      id: "do",
      label: t("action"),
      width: 120,
      align: "end",
      cell: (one) =>
        one.liftedAt === null && one.placedBy !== me.userId && can("privacy.approve") ? (
          <Button size="compact-xs" variant="subtle" onClick={() => onLift(one)}>
            {t("liftHold")}
          </Button>
        ) : null,
    },
  ];
}
