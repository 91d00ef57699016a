import { Button } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import type { AgreementDetail, AgreementVersionDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText, DayText } from "../kit/date-text.tsx";
import { ClauseDifference } from "../kit/difference/clause-difference.tsx";
import { MarkdownText } from "../kit/difference/markdown-text.tsx";
import { MarkedSentences } from "../kit/difference/sentence-difference.tsx";
import { Stretches } from "../kit/difference/stretches.tsx";
import { Thread } from "../kit/difference/thread.tsx";
import { ValueDifference } from "../kit/difference/value-difference.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { OwnBadge } from "./own-agreements.tsx";
import { TermsAnswers } from "./terms-answers.tsx";
import { termsPath } from "./terms-path.ts";

type Version = AgreementVersionDetail;

/** One agreement as the partner sees it: what waits for it, what applies when, and every version with its paper. */
export function OwnAgreement() {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const agreement = useRecord<AgreementDetail>(`/agreements/${useParam("id")}`);
  return (
    <Loaded query={agreement}>
      {(one) => {
        const pending = one.versions.find((version) => version.id === one.pending?.id);
        const shown = pending ?? one.versions.find((version) => version.id === (one.inForce ?? one.next)?.id);
        return (
          <RecordPage
            title={t("agreement")}
            subtitle={<NameText id={one.programId} />}
            parent={{ label: t("agreements"), to: "/agreements" }}
            badge={<OwnBadge version={shown ?? null} />}
            actions={pending?.status === "sent" ? <TermsAnswers version={pending} /> : undefined}
            next={
              pending === undefined
                ? undefined
                : pending.status === "sent"
                  ? {
                      title: t("yourTurn"),
                      text: t("yourTurnText", { day: format.day(pending.answerBy ?? pending.validFrom) }),
                      tone: "warn",
                    }
                  : { title: t("theirTurn"), text: t("theirTurnText"), tone: "info" }
            }
            tabs={[
              {
                id: "terms",
                label: t("terms"),
                content: () =>
                  shown === undefined ? (
                    <EmptyState title={t("emptyAgreements")} text={t("emptyAgreementsText")} />
                  ) : (
                    <TermsView version={shown} agreement={one} />
                  ),
              },
              {
                id: "rounds",
                label: t("agreementRounds"),
                count: shown?.rounds.length ?? 0,
                content: () => (shown === undefined ? null : <Rounds version={shown} />),
              },
              {
                id: "versions",
                label: t("allVersions"),
                count: one.versions.length,
                content: () => <Versions agreement={one} />,
              },
            ]}
          />
        );
      }}
    </Loaded>
  );
}

function sentencesOf(text: { readonly en: string[]; readonly es: string[] }, language: string): readonly string[] {
  return language.startsWith("es") ? text.es : text.en;
}

/** The terms in plain language, with what is new since the last round (or since what is in force) marked. */
function TermsView({ version, agreement }: { readonly version: Version; readonly agreement: AgreementDetail }) {
  const { t, i18n } = useTranslation("portal");
  const last = version.rounds.at(-1);
  const before = version.rounds.at(-2);
  const inForce = agreement.versions.find((one) => one.id === agreement.inForce?.id && one.id !== version.id);
  const against = before?.planText ?? inForce?.planText;
  const sentences = sentencesOf(version.planText, i18n.language);
  const others = against === undefined ? [] : sentencesOf(against, i18n.language);
  const isSame = sentences.join("\n") === others.join("\n");
  const open = version.status === "sent" || version.status === "countered";
  return (
    <>
      {open && last?.difference != null ? (
        <Card title={t("changesSince", { round: before?.round ?? 1 })}>
          {last.difference.plan.length === 0 ? null : <ValueDifference changes={last.difference.plan} />}
          <ClauseDifference changes={last.difference.clauses} />
        </Card>
      ) : null}
      {open && against !== undefined ? (
        <Card title={t("whatIsPaid")}>
          {isSame ? <p>{t("paidAsBefore")}</p> : <MarkedSentences sentences={sentences} against={others} />}
        </Card>
      ) : null}
      <Card title={t("fullText")} actions={<PaperLink version={version} />}>
        <MarkdownText text={version.termsText} />
      </Card>
      <Proof version={version} />
    </>
  );
}

function PaperLink({ version }: { readonly version: Version }) {
  const { t } = useTranslation("portal");
  return (
    <Button
      component="a"
      href={`/v1${termsPath(version)}/document.pdf`}
      download
      variant="default"
      size="xs"
      leftSection={<IconFileTypePdf size={14} />}
    >
      {t("paper")}
    </Button>
  );
}

function Proof({ version }: { readonly version: Version }) {
  const { t } = useTranslation("portal");
  return (
    <Card title={t("versionOf", version)}>
      <Properties
        items={[
          [t("validFrom"), <DayText key="from" day={version.validFrom} />],
          [t("until"), version.validTo === null ? t("openEnd") : <DayText key="to" day={version.validTo} />],
          [t("acceptedBy"), version.acceptedName ?? "–"],
          [t("acceptedAt"), <DateText key="at" at={version.acceptedAt} />],
          [t("termsHash"), <CopyText key="hash" text={version.termsHash} />],
        ]}
      />
    </Card>
  );
}

function Rounds({ version }: { readonly version: Version }) {
  const { t, i18n } = useTranslation("portal");
  return (
    <Card title={t("thread")}>
      <Thread
        label={t("thread")}
        entries={version.rounds.map((round) => ({
          id: String(round.round),
          title: t("round", { round: round.round, side: t(`sideOf.${round.side}`) }),
          who: round.side === "partner" ? round.authorName : "",
          at: round.at,
          other: round.side === "operator",
          message: round.message,
          content:
            round.difference === null ? (
              <MarkedSentences sentences={sentencesOf(round.planText, i18n.language)} />
            ) : (
              <>
                {round.difference.plan.length === 0 ? null : <ValueDifference changes={round.difference.plan} />}
                <ClauseDifference changes={round.difference.clauses} />
              </>
            ),
        }))}
      />
    </Card>
  );
}

function Versions({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation("portal");
  return (
    <>
      {agreement.schedule.length === 0 ? null : (
        <Card title={t("scheduleTitle")}>
          <Stretches
            label={t("scheduleTitle")}
            stretches={agreement.schedule.map((one) => ({
              id: one.from,
              tone: one.version === null ? ("quiet" as const) : ("info" as const),
              days: (
                <>
                  <DayText day={one.from} /> – {one.to === null ? t("openEnd") : <DayText day={one.to} />}
                </>
              ),
              title: one.version === null ? t("noTermsThen") : t("versionOf", { version: one.version }),
            }))}
          />
        </Card>
      )}
      {agreement.versions.map((version) => (
        <Card key={version.id} title={t("versionOf", version)} actions={<OwnBadge version={version} />}>
          <MarkdownText text={version.termsText} />
        </Card>
      ))}
    </>
  );
}
