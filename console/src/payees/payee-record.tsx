import type { Payee } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { InvoicePanel } from "../invoices/invoice-panel.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { AssignmentPanel } from "./assignment-panel.tsx";
import { PayeeActions } from "./payee-actions.tsx";
import { PayeeOverview } from "./payee-overview.tsx";
import { PAYEE_TONES } from "./states.ts";
import { VersionPanel } from "./version-panel.tsx";

export function PayeeRecord() {
  const id = useParam("id");
  const timeline = useHistory("payee", id);
  return <OnePayee id={id} own={false} timeline={timeline} />;
}

interface OnePayeeProps {
  readonly id: string;
  /** A partner looks at its own. */
  readonly own: boolean;
  readonly timeline?: ReturnType<typeof useHistory>;
}

/** Who is paid, where, under which treatment, for whom; what waits for a second person, and why nobody can be paid now. */
export function OnePayee({ id, own, timeline }: OnePayeeProps) {
  const { t } = useTranslation("payees");
  const payee = useRecord<Payee>(`/payees/${id}`);
  const next = useNext(own);
  return (
    <Loaded query={payee}>
      {(one) => (
        <RecordPage
          title={one.legalName}
          parent={{ label: t(own ? "ownTitle" : "title"), to: own ? "/payment-details" : "/payees" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={PAYEE_TONES} />}
          actions={<PayeeActions payee={one} own={own} />}
          next={next(one)}
          facts={[
            { label: t("kind"), value: t(`kinds.${one.kind}`) },
            { label: t("country"), value: one.country },
            { label: t("paidTo"), value: one.methods[0] ?? "–" },
            ...(own ? [] : [{ label: t("paidFor"), value: <PaidFor ids={one.partnerIds} /> }]),
            { label: t("since"), value: <DateText at={one.createdAt} detail="day" /> },
          ]}
          tabs={[
            { id: "overview", label: t("tabs.overview"), content: () => <PayeeOverview payee={one} own={own} /> },
            {
              id: "proposals",
              label: t("tabs.proposals"),
              count: one.waiting,
              content: () => <VersionPanel payee={one} />,
            },
            { id: "partners", label: t("tabs.partners"), content: () => <AssignmentPanel payee={one} own={own} /> },
            {
              id: "invoices",
              label: t("tabs.invoices"),
              content: () => <InvoicePanel fixed={{ payeeId: id }} own={own} />,
            },
          ]}
          {...(timeline === undefined ? {} : { timeline })}
        />
      )}
    </Loaded>
  );
}

function PaidFor({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return "–";
  return ids.map((id, at) => (
    <span key={id}>
      {at === 0 ? "" : ", "}
      <NameText id={id} to={`/partners/${id}`} />
    </span>
  ));
}

/** What stands in the way of paying it: the first in words, the others by name. */
function useNext(own: boolean): (payee: Payee) => NextStep | undefined {
  const { t } = useTranslation("payees");
  return (payee) => {
    const [first, ...rest] = payee.blocks;
    if (first === undefined)
      return payee.waiting > 0 && !own ? { title: t("toDecide", { count: payee.waiting }), tone: "info" } : undefined;
    const others =
      rest.length === 0 ? "" : t("alsoBlocked", { what: rest.map((one) => t(`block.${one.code}`)).join(", ") });
    const soon = payee.blocks.every((one) => one.until !== null);
    return {
      title: t(`blockTitle.${first.code}`),
      text: [t(`blockText.${first.code}`), others].filter(Boolean).join(" "),
      tone: soon ? "warn" : "bad",
    };
  };
}
