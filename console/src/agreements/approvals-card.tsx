import type { AgreementVersionDetail, ApprovalsOfVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

type Need = ApprovalsOfVersion["needs"][number];
type Given = ApprovalsOfVersion["given"][number];

/** Which approvals are needed and why, and which were given, to exactly this wording or to an earlier one. */
export function ApprovalsCard({ version }: { readonly version: AgreementVersionDetail }) {
  const { t } = useTranslation("agreements");
  const { approvals } = version;
  if (approvals === null || (approvals.needs.length === 0 && approvals.given.length === 0)) return null;
  return (
    <Card title={t("approvals")} flush>
      {approvals.needs.length === 0 ? null : <Needs needs={approvals.needs} />}
      {approvals.given.length === 0 ? null : <GivenApprovals given={approvals.given} />}
    </Card>
  );
}

function Needs({ needs }: { readonly needs: readonly Need[] }) {
  const { t, i18n } = useTranslation("agreements");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return (
    <PlainTable<Need>
      label={t("approvalsNeeded")}
      rows={needs}
      rowId={(one) => one.rule}
      columns={[
        { id: "rule", label: t("rule"), cell: (one) => one.name },
        {
          id: "why",
          label: t("why"),
          cell: (one) => one.reasons.map((reason) => <div key={reason.en}>{reason[language]}</div>),
        },
        {
          id: "who",
          label: t("approvers"),
          cell: (one) =>
            one.approvers.map((who) => (
              <div key={who.role}>
                {t(`role.${who.role}`)} {who.given}/{who.count}
              </div>
            )),
        },
        {
          id: "state",
          label: t("status"),
          cell: (one) => (
            <StatusBadge plain state={one.met ? "approved" : "pending"} label={t(one.met ? "met" : "waiting")} />
          ),
        },
      ]}
    />
  );
}

function GivenApprovals({ given }: { readonly given: readonly Given[] }) {
  const { t } = useTranslation("agreements");
  return (
    <PlainTable<Given>
      label={t("approvalsGiven")}
      rows={given}
      rowId={(one) => `${one.person}-${one.at}`}
      columns={[
        { id: "who", label: t("decidedBy"), cell: (one) => <NameText id={one.person} /> },
        {
          id: "what",
          label: t("decision"),
          cell: (one) => (
            <StatusBadge
              plain
              state={one.decision === "approved" ? "approved" : "rejected"}
              label={t(`decisionOf.${one.decision}`)}
            />
          ),
        },
        { id: "at", label: t("at"), cell: (one) => <DateText at={one.at} /> },
        { id: "current", label: t("wording"), cell: (one) => t(one.current ? "thisWording" : "otherWording") },
        { id: "comment", label: t("comment"), cell: (one) => one.comment || "–" },
      ]}
    />
  );
}
