import { Button } from "@mantine/core";
import type { PlanDetail, PlanVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const TONES = { published: "good" } as const;

export function PlanRecord() {
  const { t, i18n } = useTranslation("agreements");
  const id = useParam("id");
  const plan = useRecord<PlanDetail>(`/plans/${id}`, { language: i18n.language.startsWith("es") ? "es" : "en" });
  return (
    <Loaded query={plan}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{ label: t("plans"), to: "/plans" }}
          facts={[
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
            { label: t("code"), value: one.code },
            { label: t("publishedVersion"), value: one.publishedVersion ?? "–" },
          ]}
          tabs={one.versions.map((version) => ({
            id: `v${version.version}`,
            label: t("versionNumber", { version: version.version }),
            content: () => <PlanVersionView version={version} />,
          }))}
        />
      )}
    </Loaded>
  );
}

function PlanVersionView({ version }: { readonly version: PlanVersion }) {
  const { t } = useTranslation("agreements");
  return (
    <>
      <Card title={t("terms")} actions={<Publish version={version} />}>
        {version.text.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Card>
      <Card title={t("proof")}>
        <Properties
          items={[
            [
              t("status"),
              <StatusBadge key="state" state={version.status} label={t(`planState.${version.status}`)} tones={TONES} />,
            ],
            [t("proposedBy"), <NameText key="by" id={version.createdBy} />],
            [t("publishedBy"), <NameText key="published" id={version.publishedBy} />],
            [t("publishedAt"), <DateText key="at" at={version.publishedAt} />],
            [t("termsHash"), <CopyText key="hash" text={version.hash} />],
          ]}
        />
      </Card>
      <Card title={t("document")}>
        <pre>{JSON.stringify(version.document, null, 2)}</pre>
      </Card>
    </>
  );
}

/** Another person than the author publishes; from then on the version never changes. */
function Publish({ version }: { readonly version: PlanVersion }) {
  const { t } = useTranslation("agreements");
  const { can, me } = useSession();
  const publish = useChange({
    send: () => api.post(`/plans/${version.planId}/versions/${version.id}/publish`),
    refresh: ["plans", "audit"],
  });
  if (version.status === "published" || !can("plans.approve")) return null;
  const own = version.createdBy === me.id;
  return (
    <Button
      disabled={own}
      title={own ? t("ownProposal") : undefined}
      loading={publish.isPending}
      onClick={() => publish.mutate(undefined)}
    >
      {t("publish")}
    </Button>
  );
}
