import type { Payee, PayeeVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { detailLabel } from "./detail-label.ts";
import { PAYEE_TONES } from "./states.ts";
import { VersionCard } from "./version-card.tsx";

/** What waits for a decision, and below it everything that was ever proposed. */
export function VersionPanel({ payee }: { readonly payee: Payee }) {
  const { t } = useTranslation("payees");
  return (
    <>
      {payee.proposals.length === 0 ? (
        <EmptyState title={t("noProposals")} text={t("noProposalsText")} />
      ) : (
        payee.proposals.map((one) => <VersionCard key={one.id} version={one} />)
      )}
      <ListPanel<PayeeVersion>
        embedded
        name="payee-versions"
        title={t("versions")}
        resource="/payee-versions"
        fixed={{ payeeId: payee.id }}
        rowId={(one) => one.id}
        columns={[
          {
            id: "aspect",
            label: t("what"),
            cell: (one) => [t(`aspects.${one.aspect}`), detailLabel(one.detail)].filter(Boolean).join(": "),
            text: (one) => one.aspect,
            phone: "title",
          },
          {
            id: "status",
            label: t("status"),
            cell: (one) => (
              <StatusBadge state={one.status} label={t(`versionState.${one.status}`)} tones={PAYEE_TONES} />
            ),
            text: (one) => one.status,
            width: 120,
            phone: "value",
          },
          {
            id: "by",
            label: t("proposedBy"),
            cell: (one) => one.proposedName || "–",
            text: (one) => one.proposedName,
            width: 150,
          },
          {
            id: "at",
            label: t("at"),
            cell: (one) => <DateText at={one.proposedAt} />,
            text: (one) => one.proposedAt,
            width: 140,
            phone: "line",
          },
          {
            id: "decided",
            label: t("decidedBy"),
            cell: (one) => one.decidedName ?? "–",
            text: (one) => one.decidedName,
            width: 150,
          },
        ]}
        empty={{ title: t("noProposals"), text: t("noProposalsText") }}
      />
    </>
  );
}
