import { Button } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import type { AgreementVersionDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText, DayText } from "../kit/date-text.tsx";
import { MarkdownText } from "../kit/difference/markdown-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { stateOf, TERMS_TONES, versionPath } from "./states.ts";

type Version = AgreementVersionDetail;

export function PaperLink({ version }: { readonly version: Version }) {
  const { t } = useTranslation("agreements");
  return (
    <Button
      component="a"
      href={`/v1${versionPath(version)}/document.pdf`}
      download
      variant="default"
      size="xs"
      leftSection={<IconFileTypePdf size={14} />}
    >
      {t("pdf")}
    </Button>
  );
}

/** The text of a version and everything that proves its acceptance. */
export function VersionPaper({ version }: { readonly version: Version }) {
  const { t } = useTranslation("agreements");
  return (
    <>
      <Card title={t("termsOf", version)} actions={<PaperLink version={version} />}>
        <MarkdownText text={version.termsText} />
      </Card>
      <VersionProof version={version} />
    </>
  );
}

function VersionProof({ version }: { readonly version: Version }) {
  const { t } = useTranslation("agreements");
  const state = stateOf(version);
  return (
    <Card title={t("proof")}>
      <Properties
        items={[
          [t("status"), <StatusBadge key="state" state={state} label={t(`state.${state}`)} tones={TERMS_TONES} />],
          [t("validFrom"), <DayText key="from" day={version.validFrom} />],
          [t("validTo"), version.validTo === null ? t("openEnd") : <DayText key="to" day={version.validTo} />],
          [t("customers"), t(`customersWill.${version.customers}`)],
          [t("plan"), <PlanOf key="plan" version={version} />],
          [t("proposedBy"), <NameText key="proposed" id={version.proposedBy} />],
          [t("approvedBy"), <NameText key="approved" id={version.approvedBy} />],
          [t("acceptedName"), version.acceptedName ?? "–"],
          [t("acceptedAt"), <DateText key="at" at={version.acceptedAt} />],
          [t("acceptedAddress"), version.acceptedAddress ?? "–"],
          [t("acceptedWith"), version.acceptedUserAgent ?? "–"],
          [t("termsHash"), <CopyText key="hash" text={version.termsHash} />],
        ]}
      />
    </Card>
  );
}

function PlanOf({ version }: { readonly version: Version }) {
  const { t } = useTranslation("agreements");
  return (
    <>
      <NameText id={version.planId} to={`/plans/${version.planId}`} />{" "}
      {t(version.standard ? "standardPlan" : "changedPlan", { version: version.planVersion })}
    </>
  );
}

/** Every version, the newest first; one of them opened. */
export function VersionList({ versions }: { readonly versions: readonly Version[] }) {
  const { t } = useTranslation("agreements");
  const [opened, setOpened] = useState(versions[0]?.version ?? 0);
  const shown = versions.find((one) => one.version === opened);
  return (
    <>
      <PlainTable<Version>
        label={t("tab.versions")}
        rows={versions}
        rowId={(one) => one.id}
        columns={[
          {
            id: "version",
            label: t("version"),
            cell: (one) => (
              <Button
                variant={one.version === opened ? "light" : "subtle"}
                size="compact-xs"
                onClick={() => setOpened(one.version)}
              >
                {t("versionNumber", one)}
              </Button>
            ),
          },
          {
            id: "state",
            label: t("status"),
            cell: (one) => (
              <StatusBadge plain state={stateOf(one)} label={t(`state.${stateOf(one)}`)} tones={TERMS_TONES} />
            ),
          },
          { id: "from", label: t("validFrom"), cell: (one) => <DayText day={one.validFrom} /> },
          { id: "to", label: t("validTo"), cell: (one) => <DayText day={one.validTo} /> },
          { id: "rounds", label: t("rounds"), align: "end", cell: (one) => one.rounds.length },
          { id: "signed", label: t("acceptedName"), cell: (one) => one.acceptedName ?? "–" },
        ]}
      />
      {shown === undefined ? null : <VersionPaper version={shown} />}
    </>
  );
}
