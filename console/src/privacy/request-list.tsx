import { Button } from "@mantine/core";
import type { PrivacyRequest } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { PersonDialog } from "./person-dialog.tsx";

const TONES = { proposed: "onboarding", done: "active", refused: "rejected" } as const;

/** Exports and erasures of persons: who asked for them, who signed, what became of them. */
export function RequestList() {
  const { t } = useTranslation("privacy");
  const [looking, setLooking] = useState(false);
  const look = <Button onClick={() => setLooking(true)}>{t("look")}</Button>;
  return (
    <>
      <ListPage<PrivacyRequest>
        name="privacy-requests"
        title={t("requests")}
        subtitle={t("requestsText")}
        resource="/privacy/requests"
        rowId={(one) => one.id}
        open={(one) => `/privacy/${one.id}`}
        views={[
          { id: "all", label: t("all") },
          { id: "waiting", label: t("state.proposed"), filters: { state: "proposed" } },
          { id: "erasures", label: t("kind.erasure"), filters: { kind: "erasure" } },
          { id: "exports", label: t("kind.export"), filters: { kind: "export" } },
        ]}
        columns={useColumns()}
        empty={{ title: t("emptyRequests"), text: t("emptyRequestsText"), action: look }}
        actions={look}
      />
      <PersonDialog opened={looking} onClose={() => setLooking(false)} />
    </>
  );
}

function useColumns(): readonly Column<PrivacyRequest>[] {
  const { t } = useTranslation("privacy");
  return [
    { id: "kind", label: t("what"), cell: (one) => t(`kind.${one.kind}`), text: (one) => one.kind, phone: "title" },
    {
      id: "person",
      label: t("person"),
      cell: (one) => one.pseudonym ?? <NameText id={one.subjectId} />,
      text: (one) => one.pseudonym ?? one.subjectId,
      width: 240,
      phone: "line",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={TONES[one.state]} label={t(`state.${one.state}`)} />,
      text: (one) => one.state,
      width: 130,
      phone: "value",
    },
    { id: "reason", label: t("reason"), cell: (one) => one.reason, text: (one) => one.reason, width: 220 },
    {
      id: "by",
      label: t("askedBy"),
      cell: (one) => <NameText id={one.proposedBy} />,
      text: (one) => one.proposedBy,
      width: 170,
    },
    {
      id: "signed",
      label: t("signedBy"),
      cell: (one) => <NameText id={one.decidedBy} />,
      text: (one) => one.decidedBy,
      width: 170,
    },
    {
      id: "at",
      label: t("at"),
      cell: (one) => <DateText at={one.proposedAt} />,
      text: (one) => one.proposedAt,
      width: 170,
      align: "end",
      phone: "line",
    },
  ];
}
