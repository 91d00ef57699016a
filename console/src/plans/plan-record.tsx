import { Button, Group } from "@mantine/core";
import type { PlanDetail, PlanVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useGo, useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { CasesTab } from "./cases-tab.tsx";
import { useLabels } from "./form/labels.ts";
import { PlainView } from "./plain-view.tsx";
import { PublishButton } from "./publish-button.tsx";
import { usePlanLanguage } from "./use-plan-check.ts";
import { UsedBy } from "./used-by.tsx";
import { VersionsTab } from "./versions-tab.tsx";

const TONES = { published: "good" } as const;

export function PlanRecord() {
  const { t } = useTranslation("plans");
  const { can } = useSession();
  const { model } = useLabels();
  const go = useGo();
  const id = useParam("id");
  const plan = useRecord<PlanDetail>(`/plans/${id}`, { language: usePlanLanguage() });
  return (
    <Loaded query={plan}>
      {(one) => {
        const newest = one.versions[0] as PlanVersion;
        return (
          <RecordPage
            title={one.name}
            parent={{ label: t("title"), to: "/plans" }}
            badge={<StatusBadge state={newest.status} label={t(`state.${newest.status}`)} tones={TONES} />}
            actions={
              <Group gap={8}>
                {can("plans.write") ? (
                  <Button variant="default" onClick={() => go(`/plans/${one.id}/edit`)}>
                    {t("edit")}
                  </Button>
                ) : null}
                <PublishButton version={newest} />
              </Group>
            }
            next={nextStep(newest, t)}
            facts={[
              { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
              { label: t("components"), value: [...new Set(one.models)].map(model).join(", ") },
              { label: t("currency"), value: one.currency },
              { label: t("publishedVersion"), value: one.publishedVersion ?? "–" },
            ]}
            tabs={[
              { id: "terms", label: t("tabs.terms"), content: () => <PlainView sections={newest.sections} /> },
              {
                id: "versions",
                label: t("tabs.versions"),
                count: one.versions.length,
                content: () => <VersionsTab plan={one} />,
              },
              {
                id: "cases",
                label: t("tabs.cases"),
                count: one.caseCount,
                content: () => <CasesTab plan={one} newest={newest} />,
              },
              { id: "used", label: t("tabs.used"), content: () => <UsedBy plan={one} /> },
            ]}
          />
        );
      }}
    </Loaded>
  );
}

type Translate = (key: string, values?: Record<string, unknown>) => string;

function nextStep(newest: PlanVersion, t: Translate) {
  const failing = newest.casesFailing ?? 0;
  if (newest.status === "published") return undefined;
  if (failing > 0)
    return { title: t("next.failing", { count: failing }), text: t("next.failingText"), tone: "warn" as const };
  return { title: t("next.publish"), text: t("next.publishText"), tone: "info" as const };
}
