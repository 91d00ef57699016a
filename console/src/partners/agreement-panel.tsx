import type { Agreement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

/** What was agreed with the partner, one agreement for each program. */
export function AgreementPanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  return (
    <ListPanel<Agreement>
      embedded
      name="partner-agreements"
      title={t("tabs.agreements")}
      resource="/agreements"
      fixed={{ partnerId }}
      rowId={(one) => one.id}
      open={(one) => `/agreements/${one.id}`}
      columns={[
        {
          id: "program",
          label: t("program"),
          cell: (one) => <NameText id={one.programId} />,
          text: (one) => one.programId,
          phone: "title",
        },
        {
          id: "state",
          label: t("status"),
          cell: (one) => <AgreementState agreement={one} />,
          text: (one) => (one.inForce ?? one.pending)?.status,
          width: 140,
          phone: "value",
        },
        {
          id: "plan",
          label: t("plan"),
          cell: (one) => <NameText id={(one.inForce ?? one.pending)?.planId} />,
          text: (one) => (one.inForce ?? one.pending)?.planId,
          width: 260,
          phone: "line",
        },
        {
          id: "from",
          label: t("validFrom"),
          cell: (one) => <DayText day={(one.inForce ?? one.pending)?.validFrom} />,
          text: (one) => (one.inForce ?? one.pending)?.validFrom,
          width: 130,
          align: "end",
        },
        {
          id: "accepted",
          label: t("acceptedBy"),
          cell: (one) => one.inForce?.acceptedName ?? "–",
          text: (one) => one.inForce?.acceptedName,
          width: 180,
        },
      ]}
      empty={{ title: t("emptyAgreements"), text: t("emptyAgreementsText") }}
    />
  );
}

function AgreementState({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation("partners");
  const state = agreement.inForce !== null ? "accepted" : (agreement.pending?.status ?? "ended");
  return <StatusBadge state={state} label={t(`agreementState.${state}`)} />;
}
