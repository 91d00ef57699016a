import type { AuditEntry } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { AuditDrawer, AuditEntryView } from "./audit-entry.tsx";
import { useAuditColumns } from "./audit-panel.tsx";
import { ChainCheck } from "./chain-check.tsx";

const SUBJECTS = [
  "user",
  "invitation",
  "api_key",
  "partner",
  "contact",
  "program",
  "region",
  "offer",
  "link",
  "code",
  "event_source",
  "agreement_version",
  "plan_version",
  "customer",
  "adjustment",
  "statement",
  "postback",
] as const;

/** Who did what, when and why. Nothing here can be changed; the check proves that nothing was. */
export function AuditList() {
  const { t } = useTranslation("admin");
  const [shown, setShown] = useState<AuditEntry | null>(null);
  return (
    <>
      <ListPage<AuditEntry>
        name="audit"
        title={t("audit")}
        subtitle={t("auditText")}
        resource="/audit"
        rowId={(one) => one.id}
        filters={[
          { kind: "days", field: "at", label: t("at") },
          {
            kind: "record",
            field: "actorId",
            label: t("who"),
            resource: "/users",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
          {
            kind: "choice",
            field: "subjectKind",
            label: t("subject"),
            options: SUBJECTS.map((value) => ({ value, label: t(`subjectKind.${value}`) })),
          },
          {
            kind: "record",
            field: "partnerId",
            label: t("partner"),
            resource: "/partners",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
          { kind: "text", field: "subjectId", label: t("id") },
        ]}
        columns={useAuditColumns(setShown)}
        preview={(one) => <AuditEntryView entry={one} />}
        empty={{ title: t("emptyAudit"), text: t("emptyAuditText") }}
        actions={<ChainCheck />}
      />
      <AuditDrawer entry={shown} onClose={() => setShown(null)} />
    </>
  );
}
