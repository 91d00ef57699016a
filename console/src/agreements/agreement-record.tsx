import type { AgreementDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText, DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { AgreementBadge } from "./agreement-list.tsx";
import { VersionActions } from "./version-actions.tsx";

type Version = AgreementDetail["versions"][number];

export function AgreementRecord() {
  const { t } = useTranslation("agreements");
  const id = useParam("id");
  const agreement = useRecord<AgreementDetail>(`/agreements/${id}`);
  return (
    <Loaded query={agreement}>
      {(one) => (
        <RecordPage
          title={t("agreement")}
          subtitle={<NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />}
          parent={{ label: t("title"), to: "/agreements" }}
          badge={<AgreementBadge agreement={one} />}
          actions={one.pending === null ? undefined : <VersionActions version={one.pending} />}
          next={
            one.pending === null
              ? undefined
              : { title: t(`next.${one.pending.status}`), text: t(`next.${one.pending.status}Text`), tone: "info" }
          }
          facts={[
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
            {
              label: t("plan"),
              value: (
                <NameText
                  id={(one.inForce ?? one.pending)?.planId}
                  to={`/plans/${(one.inForce ?? one.pending)?.planId}`}
                />
              ),
            },
            { label: t("validFrom"), value: <DayText day={(one.inForce ?? one.pending)?.validFrom} /> },
          ]}
          tabs={one.versions.map((version) => ({
            id: `v${version.version}`,
            label: t("versionNumber", { version: version.version }),
            content: () => <VersionView version={version} />,
          }))}
        />
      )}
    </Loaded>
  );
}

/** A version of the terms with everything that proves its acceptance. */
function VersionView({ version }: { readonly version: Version }) {
  const { t, i18n } = useTranslation("agreements");
  const text = i18n.language.startsWith("es") ? version.planText.es : version.planText.en;
  return (
    <>
      <Card title={t("terms")}>
        {text.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Card>
      <Card title={t("proof")}>
        <Properties
          items={[
            [t("status"), <StatusBadge key="state" state={version.status} label={t(`state.${version.status}`)} />],
            [t("validFrom"), <DayText key="from" day={version.validFrom} />],
            [t("validTo"), <DayText key="to" day={version.validTo} />],
            [t("customers"), t(`customersWill.${version.customers}`)],
            [t("proposedBy"), <NameText key="proposed" id={version.proposedBy} />],
            [t("approvedBy"), <NameText key="approved" id={version.approvedBy} />],
            [t("acceptedName"), version.acceptedName ?? "–"],
            [t("acceptedAt"), <DateText key="at" at={version.acceptedAt} />],
            [t("acceptedAddress"), version.acceptedAddress ?? "–"],
            [t("termsHash"), <CopyText key="hash" text={version.termsHash} />],
          ]}
        />
      </Card>
    </>
  );
}
