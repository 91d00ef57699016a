import { Group, Select } from "@mantine/core";
import type { AgreementVersionDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ClauseDifference } from "../kit/difference/clause-difference.tsx";
import { SentenceSides } from "../kit/difference/sentence-difference.tsx";
import { Thread } from "../kit/difference/thread.tsx";
import { ValueDifference } from "../kit/difference/value-difference.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { ApprovalsCard } from "./approvals-card.tsx";
import { EvidenceCard } from "./evidence-card.tsx";
import { JurisdictionCard } from "./jurisdiction-card.tsx";
import { RoundSummary } from "./round-summary.tsx";
import { PaperLink } from "./version-view.tsx";

type Version = AgreementVersionDetail;
type Round = Version["rounds"][number];

/** Who said what, what changed from round to round, who has to approve it and why, and what a regulator says. */
export function NegotiationView({ version }: { readonly version: Version }) {
  const { t } = useTranslation("agreements");
  const evidence = version.rounds.at(-1)?.evidence ?? null;
  return (
    <>
      <ApprovalsCard version={version} />
      {evidence === null ? null : <EvidenceCard id={evidence} />}
      <JurisdictionCard version={version} />
      <Card title={t("thread")} actions={<PaperLink version={version} />}>
        <Thread
          label={t("thread")}
          entries={version.rounds.map((round) => ({
            id: String(round.round),
            title: t("roundNumber", { round: round.round, side: t(`side.${round.side}`) }),
            who: round.authorId === "" ? round.authorName : <NameText id={round.authorId} />,
            at: round.at,
            other: round.side === "partner",
            message: round.message,
            badge: round.shownAt === null ? <StatusBadge plain state="draft" label={t("notShown")} /> : undefined,
            content: <RoundSummary round={round} />,
          }))}
        />
      </Card>
      <Comparison version={version} />
      <Deviation version={version} />
    </>
  );
}

/** Any two rounds side by side, in plain language. */
function Comparison({ version }: { readonly version: Version }) {
  const { t, i18n } = useTranslation("agreements");
  const { rounds } = version;
  const last = rounds.at(-1)?.round ?? 1;
  const [left, setLeft] = useState(String(Math.max(1, last - 1)));
  const [right, setRight] = useState(String(last));
  const roundOf = (value: string): Round | undefined => rounds.find((one) => String(one.round) === value);
  const [one, other] = [roundOf(left), roundOf(right)];
  if (rounds.length < 2 || one === undefined || other === undefined) return null;
  const options = rounds.map((round) => ({
    value: String(round.round),
    label: t("roundNumber", { round: round.round, side: t(`side.${round.side}`) }),
  }));
  const text = (round: Round) => (i18n.language.startsWith("es") ? round.planText.es : round.planText.en);
  const choose = (label: string, value: string, set: (value: string) => void) => (
    <Select
      size="xs"
      w={180}
      aria-label={label}
      data={options}
      value={value}
      allowDeselect={false}
      onChange={(next) => set(next ?? value)}
    />
  );
  return (
    <Card
      title={t("compare")}
      actions={
        <Group gap={6}>
          {choose(t("compareLeft"), left, setLeft)}
          {choose(t("compareRight"), right, setRight)}
        </Group>
      }
    >
      <SentenceSides
        left={{ title: labelOf(options, left), sentences: text(one) }}
        right={{ title: labelOf(options, right), sentences: text(other) }}
      />
      <ClauseDifference changes={changedClauses(one, other)} />
    </Card>
  );
}

function labelOf(options: readonly { readonly value: string; readonly label: string }[], value: string): string {
  return options.find((one) => one.value === value)?.label ?? value;
}

function changedClauses(before: Round, after: Round) {
  const was = new Map(before.clauses.map((one) => [one.key, one.text]));
  return after.clauses
    .filter((one) => was.get(one.key) !== one.text)
    .map((one) => ({ key: one.key, title: one.title, before: was.get(one.key) ?? null, after: one.text }));
}

/** What is on the table against the standard plan and the template. */
function Deviation({ version }: { readonly version: Version }) {
  const { t } = useTranslation("agreements");
  const { deviation } = version;
  if (deviation === null) return null;
  return (
    <Card title={t("deviation")} flush={deviation.plan.length > 0 && deviation.clauses.length === 0}>
      {deviation.plan.length === 0 && deviation.clauses.length === 0 ? <p>{t("noDeviation")}</p> : null}
      {deviation.plan.length === 0 ? null : <ValueDifference changes={deviation.plan} />}
      <ClauseDifference changes={deviation.clauses} />
    </Card>
  );
}
