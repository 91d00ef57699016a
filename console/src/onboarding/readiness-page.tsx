import { Button, Group } from "@mantine/core";
import type { Launch, Readiness } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go, useGo, useParam } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { GateTable } from "./gate-table.tsx";
import { LaunchDialog } from "./launch-dialog.tsx";
import { TOUCHED } from "./states.ts";

/** How far a partner is from its launch: every condition asked this moment, stage by stage. */
export function ReadinessPage() {
  const { i18n } = useTranslation("onboarding");
  const id = useParam("id");
  const readiness = useRecord<Readiness>(`/partners/${id}/readiness`, { language: i18n.language }, { liveSeconds: 60 });
  const partner = useRecord<{ readonly name: string }>(`/partners/${id}`);
  return <Loaded query={readiness}>{(one) => <OnePage one={one} name={partner.data?.name ?? ""} />}</Loaded>;
}

function OnePage({ one, name }: { readonly one: Readiness; readonly name: string }) {
  const { t } = useTranslation("onboarding");
  return (
    <Page
      title={name === "" ? t("readiness") : `${name}: ${t("readiness")}`}
      parent={{ label: t("title"), to: "/onboarding" }}
      subtitle={<Where one={one} />}
      actions={<Actions one={one} />}
    >
      {one.lapses.map((lapse) => (
        <NoteLine key={lapse.condition} tone="bad">
          {t("lapsed")} {lapse.sentence}
        </NoteLine>
      ))}
      {one.launch === null ? null : <LaunchCard launch={one.launch} />}
      {one.gates.length === 0 && one.launch === null ? <EmptyState title={t("noCase")} text={t("noCaseText")} /> : null}
      {[...Map.groupBy(one.gates, (gate) => gate.stage)].map(([stage, gates]) => (
        <Card
          key={stage}
          title={gates[0]?.stageTitle ?? stage}
          actions={<span>{t("openOf", { open: gates.filter(({ holds }) => holds).length, all: gates.length })}</span>}
          flush
        >
          <GateTable gates={gates} label={gates[0]?.stageTitle ?? stage} />
        </Card>
      ))}
    </Page>
  );
}

function Where({ one }: { readonly one: Readiness }) {
  const { t } = useTranslation("onboarding");
  if (one.activation === "approval") return <>{t("byApproval")}</>;
  if (one.caseStatus !== "running") return <>{t("noRunning")}</>;
  return (
    <>
      {t("at", { stage: one.stageTitle })} · {one.shut === 0 ? t("nothingShut") : t("shut", { count: one.shut })}
    </>
  );
}

function Actions({ one }: { readonly one: Readiness }) {
  const { t } = useTranslation("onboarding");
  const { can } = useSession();
  const go = useGo();
  const [asked, setAsked] = useState(false);
  return (
    <Group gap={8}>
      {one.caseId === null ? null : (
        <Button variant="default" onClick={() => go(`/procedure-cases/${one.caseId}`)}>
          {t("openCase")}
        </Button>
      )}
      <Button variant="default" onClick={() => go(`/onboarding/${one.partnerId}/handover`)}>
        {t("handover.title")}
      </Button>
      {one.caseId !== null && one.caseStatus === "running" && one.launch === null && can("partners.approve") ? (
        <Button
          disabled={one.shut > 0}
          title={one.shut > 0 ? t("shut", { count: one.shut }) : undefined}
          onClick={() => setAsked(true)}
        >
          {t("launch.do")}
        </Button>
      ) : null}
      {asked && one.caseId !== null ? (
        <LaunchDialog partnerId={one.partnerId} caseId={one.caseId} onClose={() => setAsked(false)} />
      ) : null}
    </Group>
  );
}

function LaunchCard({ launch }: { readonly launch: Launch }) {
  const { t } = useTranslation("onboarding");
  const { can } = useSession();
  const [raising, setRaising] = useState(false);
  const isSoft = launch.state === "soft";
  return (
    <Card
      title={t(isSoft ? "launch.soft" : "launch.full")}
      actions={
        isSoft && can("partners.approve") ? (
          <Button size="xs" onClick={() => setRaising(true)}>
            {t("launch.raise")}
          </Button>
        ) : undefined
      }
    >
      {launch.overdue ? <NoteLine tone="warn">{t("launch.overdue")}</NoteLine> : null}
      <Properties
        items={[
          [t("launch.by"), <>{launch.launchedBy}, <DateText at={launch.launchedAt} /></>], // biome-ignore format: one line
          ...(isSoft
            ? ([
                [t("launch.endsOn"), <DayText key="ends" day={launch.endsOn} />],
                [t("launch.criteria"), launch.criteria],
              ] as const)
            : []),
          ...launch.caps.map((cap, index) => [
            launch.caps.length > 1 ? `${t("launch.cap")} ${index + 1}` : t("launch.cap"),
            <Go key={cap.capId} to={`/caps/${cap.capId}`}>
              {t("launch.capText", { limit: cap.limit, what: cap.eventType ?? t(`metric.${cap.metric}`), period: t(`period.${cap.period}`) })}
            </Go>,
          ] as const), // biome-ignore format: one line
          ...(launch.raisedBy === null
            ? []
            : ([[t("launch.raisedBy"), `${launch.raisedBy}: ${launch.raisedReason}`]] as const)),
        ]}
      />
      <ConfirmDialog
        opened={raising}
        onClose={() => setRaising(false)}
        title={t("launch.raise")}
        text={t("launch.raiseText")}
        action={t("launch.raise")}
        reason="required"
        refresh={TOUCHED}
        send={(reason) => api.post(`/launches/${launch.id}/raise`, { revision: launch.revision, reason })}
      />
    </Card>
  );
}

/** For the partner's page: one line on the way, or how it was launched; nothing where nothing is to be said. */
export function ReadinessCard({ partnerId }: { readonly partnerId: string }) {
  const { t, i18n } = useTranslation("onboarding");
  const { can } = useSession();
  const readiness = useRecord<Readiness>(
    `/partners/${partnerId}/readiness`,
    { language: i18n.language },
    { enabled: can("procedures.read") },
  );
  const one = readiness.data;
  if (one === undefined || (one.caseStatus !== "running" && one.lapses.length === 0 && one.launch?.state !== "soft"))
    return null;
  const shut = one.gates.filter((gate) => !gate.holds);
  return (
    <Card title={t("readiness")} actions={<Go to={`/onboarding/${partnerId}`}>{t("all")}</Go>} flush={shut.length > 0}>
      {one.lapses.map((lapse) => (
        <NoteLine key={lapse.condition} tone="bad">
          {lapse.sentence}
        </NoteLine>
      ))}
      {shut.length === 0 ? <Where one={one} /> : <GateTable gates={shut.slice(0, 5)} label={t("stillShut")} />}
    </Card>
  );
}
