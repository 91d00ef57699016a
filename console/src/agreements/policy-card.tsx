import { Button } from "@mantine/core";
import type { AgreementPolicy, ApprovalRule } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { PolicyForm } from "./policy-form.tsx";

/** Who has to approve what, how much notice a change needs, when reminders go out. */
export function PolicyCard({ programId }: { readonly programId: string }) {
  const { t } = useTranslation("agreements");
  const { can, programs } = useSession();
  const currency = programs.find((one) => one.id === programId)?.currency ?? "EUR";
  const [editing, setEditing] = useState(false);
  const path = `/agreement-policies/${programId}`;
  const policy = useRecord<AgreementPolicy>(path);
  return (
    <Loaded query={policy}>
      {(one) => (
        <Card
          title={t("policy", one)}
          actions={
            can("agreements.approve") ? (
              <Button size="xs" variant="default" onClick={() => setEditing(true)}>
                {t("edit")}
              </Button>
            ) : undefined
          }
        >
          <PlainTable<ApprovalRule>
            label={t("approvals")}
            rows={one.document.rules}
            rowId={(one) => one.code}
            columns={[
              { id: "name", label: t("rule"), cell: (one) => one.name },
              { id: "when", label: t("when"), cell: (one) => <RuleCondition rule={one} /> },
              {
                id: "who",
                label: t("approvers"),
                cell: (one) => one.approvers.map((who) => `${who.count} × ${t(`role.${who.role}`)}`).join(", "),
              },
            ]}
          />
          <Properties
            items={[
              [t("noticeWorse"), t("days", { count: one.document.notice.worseDays })],
              [t("noticeAny"), t("days", { count: one.document.notice.anyDays })],
              [t("answerDays"), t("days", { count: one.document.answerDays })],
              [t("reminders"), one.document.reminderDays.map((count) => t("daysBefore", { count })).join(", ") || "–"],
            ]}
          />
          {editing ? <PolicyForm policy={one} currency={currency} onClose={() => setEditing(false)} /> : null}
        </Card>
      )}
    </Loaded>
  );
}

function RuleCondition({ rule }: { readonly rule: ApprovalRule }) {
  const { t, i18n } = useTranslation("agreements");
  const { when } = rule;
  const percent = (share: string) =>
    new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 2 }).format(Number(share));
  switch (when.kind) {
    case "amount":
      return t("condition.amount", {
        limit: `${when.moreThan} ${when.currency}`,
        models: when.models.join(", ") || t("everyModel"),
      });
    case "rate":
      return t("condition.rate", {
        limit: percent(when.moreThan),
        models: when.models.join(", ") || t("everyModel"),
      });
    case "margin":
      return t("condition.margin", { limit: percent(when.costShareMoreThan) });
    case "deviation":
      return when.byMoreThan === null
        ? t("condition.deviation")
        : t("condition.deviationBy", { limit: percent(when.byMoreThan) });
    default:
      return t(`condition.${when.kind}`);
  }
}
