import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { AgreementDetail, AgreementVersionDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { useGo, useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { AgreementBadge } from "./agreement-list.tsx";
import { AgreementSchedule } from "./agreement-schedule.tsx";
import { NegotiationView } from "./negotiation-view.tsx";
import { ProposalForm } from "./proposal-form.tsx";
import { VersionActions } from "./version-actions.tsx";
import { VersionList, VersionPaper } from "./version-view.tsx";

export function AgreementRecord() {
  const { t } = useTranslation("agreements");
  const id = useParam("id");
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const agreement = useRecord<AgreementDetail>(`/agreements/${id}`);
  const newest = agreement.data?.pending ?? agreement.data?.versions[0];
  const timeline = useHistory("agreement_version", newest?.id ?? "");
  return (
    <Loaded query={agreement}>
      {(one) => (
        <>
          <RecordPage
            title={t("agreement")}
            subtitle={<NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />}
            parent={{ label: t("title"), to: "/agreements" }}
            badge={<AgreementBadge agreement={one} />}
            actions={<AgreementActions agreement={one} />}
            next={nextStep(one, t)}
            facts={[
              { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
              { label: t("inForce"), value: one.inForce === null ? "–" : t("versionNumber", one.inForce) },
              { label: t("plan"), value: <PlanName agreement={one} /> },
              { label: t("changesOn"), value: <DayText day={one.nextFrom ?? one.inForce?.validTo} /> },
            ]}
            tabs={tabsOf(one, t)}
            timeline={timeline}
          />
          <ProposalForm
            opened={search.new === "1"}
            agreement={one}
            partnerId={one.partnerId}
            onClose={() => go(`/agreements/${one.id}`)}
          />
        </>
      )}
    </Loaded>
  );
}

type T = ReturnType<typeof useTranslation<"agreements">>["t"];

function nextStep(one: AgreementDetail, t: T) {
  if (one.pending === null) return undefined;
  const asked = pendingOf(one)?.approvals?.mayApprove === true;
  const key = one.pending.status === "proposed" && asked ? "asked" : one.pending.status;
  return {
    title: t(`next.${key}`),
    text: t(`next.${key}Text`),
    tone: asked || one.pending.status === "countered" ? ("warn" as const) : ("info" as const),
  };
}

function pendingOf(one: AgreementDetail): AgreementVersionDetail | undefined {
  return one.versions.find((version) => version.id === one.pending?.id);
}

function tabsOf(one: AgreementDetail, t: T) {
  const pending = pendingOf(one);
  const inForce = one.versions.find((version) => version.id === (one.inForce ?? one.next)?.id);
  const negotiation = {
    id: "negotiation",
    label: t("tab.negotiation"),
    ...(pending === undefined ? {} : { count: pending.rounds.length }),
    content: () =>
      pending === undefined ? (
        <EmptyState title={t("noNegotiation")} text={t("noNegotiationText")} />
      ) : (
        <NegotiationView version={pending} />
      ),
  };
  const terms = {
    id: "terms",
    label: t("tab.terms"),
    content: () => (
      <>
        <AgreementSchedule agreement={one} />
        {inForce === undefined ? (
          <EmptyState title={t("noTerms")} text={t("noTermsText")} />
        ) : (
          <VersionPaper version={inForce} />
        )}
      </>
    ),
  };
  const versions = {
    id: "versions",
    label: t("tab.versions"),
    count: one.versions.length,
    content: () => <VersionList versions={one.versions} />,
  };
  return pending === undefined ? [terms, negotiation, versions] : [negotiation, terms, versions];
}

function PlanName({ agreement }: { readonly agreement: AgreementDetail }) {
  const planId = (agreement.inForce ?? agreement.pending ?? agreement.next)?.planId;
  return planId === undefined ? "–" : <NameText id={planId} to={`/plans/${planId}`} />;
}

function AgreementActions({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation("agreements");
  const { can } = useSession();
  const go = useGo();
  const pending = pendingOf(agreement);
  if (pending !== undefined) return <VersionActions version={pending} />;
  if (!can("agreements.write")) return null;
  return <Button onClick={() => go(`/agreements/${agreement.id}?new=1`)}>{t("proposeNew")}</Button>;
}
