import type { Agreement, AgreementVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { Tone } from "../kit/tone.ts";

export const OWN_TONES: Readonly<Record<string, Tone>> = {
  sent: "warn",
  countered: "info",
  active: "good",
  scheduled: "info",
  declined: "bad",
};

export function ownState(version: AgreementVersion): string {
  return version.status === "accepted" ? (version.phase ?? "ended") : version.status;
}

/** The partner's agreements, one for each program; what waits for it first in sight. */
export function OwnAgreements() {
  const { t } = useTranslation("portal");
  const main = (one: Agreement) => one.pending ?? one.inForce ?? one.next;
  return (
    <ListPage<Agreement>
      name="own-agreements"
      title={t("agreements")}
      resource="/agreements"
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
          cell: (one) => <OwnBadge version={main(one)} />,
          text: (one) => main(one)?.status,
          width: 190,
          phone: "value",
        },
        {
          id: "inForce",
          label: t("termsInForce"),
          cell: (one) => (one.inForce === null ? "–" : t("versionOf", one.inForce)),
          text: (one) => one.inForce?.version,
          width: 160,
          phone: "line",
        },
        {
          id: "from",
          label: t("validFrom"),
          cell: (one) => <DayText day={main(one)?.validFrom} />,
          text: (one) => main(one)?.validFrom,
          width: 130,
          align: "end",
        },
        {
          id: "until",
          label: t("until"),
          cell: (one) => <DayText day={one.nextFrom ?? one.inForce?.validTo} />,
          text: (one) => one.nextFrom ?? one.inForce?.validTo,
          width: 130,
          align: "end",
        },
      ]}
      empty={{ title: t("emptyAgreements"), text: t("emptyAgreementsText") }}
    />
  );
}

export function OwnBadge({ version }: { readonly version: AgreementVersion | null }) {
  const { t } = useTranslation("portal");
  const state = version === null ? "none" : ownState(version);
  return <StatusBadge state={state} label={t(`termsState.${state}`)} tones={OWN_TONES} />;
}
