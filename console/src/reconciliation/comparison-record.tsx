import { Button } from "@mantine/core";
import type { Comparison, ComparisonSummary } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { AgoText, DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { MoneyText, Nothing } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { OpenItemsTab } from "./open-items-tab.tsx";
import { ResultsTab } from "./results-tab.tsx";
import { SideFilesTab } from "./side-files-tab.tsx";
import { BUSY, CLASS_TONES, CLASSES, COMPARISON_TONES } from "./states.ts";

/** One comparison: from tracked to each side and to the ledger, and every row of it. */
export function ComparisonRecord() {
  const id = useParam("id");
  const [busy, setBusy] = useState(true);
  const comparison = useRecord<Comparison>(`/reconciliation/comparisons/${id}`, {}, busy ? { liveSeconds: 2 } : {});
  const works = comparison.data !== undefined && BUSY.has(comparison.data.state);
  if (comparison.data !== undefined && busy !== works) setBusy(works);
  return <Loaded query={comparison}>{(one) => <ComparisonPage comparison={one} />}</Loaded>;
}

function ComparisonPage({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const { summary } = comparison;
  const again = useChange({
    send: () => api.post<Comparison>(`/reconciliation/comparisons/${comparison.id}/compare`),
    refresh: ["reconciliation"],
  });
  const differing = summary?.classes.reduce((sum, one) => sum + (one.class === "agrees" ? 0 : one.rows), 0);
  return (
    <RecordPage
      title={comparison.name}
      parent={{ label: t("comparisons"), to: "/reconciliation/comparisons" }}
      badge={
        <StatusBadge
          state={comparison.state}
          label={t(`comparisonState.${comparison.state}`)}
          tones={COMPARISON_TONES}
        />
      }
      actions={
        can("reconciliation.write") ? (
          <Button
            variant="default"
            loading={BUSY.has(comparison.state) || again.isPending}
            onClick={() => again.mutate(undefined)}
          >
            {t("compareAgain")}
          </Button>
        ) : undefined
      }
      {...useNext(comparison)}
      facts={[
        { label: t("program"), value: <NameText id={comparison.programId} to={`/programs/${comparison.programId}`} /> },
        {
          label: t("partner"),
          value:
            comparison.partnerId === null ? (
              t("allPartners")
            ) : (
              <NameText id={comparison.partnerId} to={`/partners/${comparison.partnerId}`} />
            ),
        },
        { label: t("from"), value: <DayText day={comparison.from} /> },
        { label: t("untilExclusive"), value: <DayText day={comparison.until} /> },
        { label: t("comparedAt"), value: <AgoText at={summary?.at ?? null} /> },
      ]}
      tabs={[
        {
          id: "totals",
          label: t("tabs.totals"),
          content: () => (summary === null ? null : <Totals comparison={comparison} summary={summary} />),
        },
        {
          id: "results",
          label: t("tabs.results"),
          ...(differing !== undefined && { count: differing }),
          content: () => <ResultsTab comparison={comparison} />,
        },
        { id: "files", label: t("tabs.files"), content: () => <SideFilesTab comparison={comparison} /> },
        { id: "items", label: t("tabs.items"), content: () => <OpenItemsTab comparisonId={comparison.id} /> },
      ]}
    />
  );
}

/** What is to be known or done first. */
function useNext({ state, problem, summary }: Comparison): { readonly next?: NextStep } {
  const { t } = useTranslation("reconciliation");
  if (state === "failed") return { next: { title: t("comparisonState.failed"), text: problem ?? "", tone: "bad" } };
  if (summary === null || (summary.totals.office === null && summary.totals.claim === null))
    return { next: { title: t("noSides"), text: t("noSidesText"), tone: "info" } };
  const shift = summary.shifts[0];
  if (shift !== undefined)
    return {
      next: {
        title: t("shiftTitle"),
        text: t("shiftText", { side: t(`side.${shift.side}`), hours: shift.minutes / 60 }),
        tone: "info",
      },
    };
  return {};
}

interface TotalsProps {
  readonly comparison: Comparison;
  readonly summary: ComparisonSummary;
}

/** From tracked to each side, and from the commission to the ledger. */
function Totals(props: TotalsProps) {
  return (
    <>
      <Waterfall {...props} />
      <ToLedger {...props} />
    </>
  );
}

/** What each class of difference adds between the tracked total and the other sides'. */
function Waterfall({ comparison: { currency }, summary }: TotalsProps) {
  const { t } = useTranslation("reconciliation");
  const money = (minor: string | null, signed = false) =>
    minor === null ? <Nothing /> : <MoneyText money={{ minor, currency }} signed={signed} />;
  const has = { office: summary.totals.office !== null, claim: summary.totals.claim !== null };
  const rows = CLASSES.flatMap((name) => summary.classes.find((one) => one.class === name) ?? []);
  const lines = [
    {
      id: "tracked",
      label: t("side.tracked"),
      rows: summary.rows.tracked,
      office: summary.totals.tracked,
      claim: summary.totals.tracked,
      total: true,
      tone: undefined,
    },
    ...rows.map((one) => ({
      id: one.class,
      label: t(`class.${one.class}`),
      rows: one.rows,
      office: one.office,
      claim: one.claim,
      total: false,
      tone: one.class,
    })),
  ];
  return (
    <Card title={t("waterfall")} flush>
      <PlainTable
        label={t("waterfall")}
        rows={lines}
        rowId={(one) => one.id}
        columns={[
          {
            id: "what",
            label: t("whatDiffers"),
            cell: (one) =>
              one.tone === undefined ? (
                <strong>{one.label}</strong>
              ) : (
                <StatusBadge state={one.tone} label={one.label} tones={CLASS_TONES} plain />
              ),
            foot: t("sideTotal"),
          },
          {
            id: "rows",
            label: t("rows"),
            align: "end",
            cell: (one) => one.rows,
            foot: `${summary.rows.office} / ${summary.rows.claim}`,
          },
          {
            id: "office",
            label: t("toOffice"),
            align: "end",
            cell: (one) => (has.office ? money(one.office, !one.total) : <Nothing />),
            foot: money(summary.totals.office),
          },
          {
            id: "claim",
            label: t("toClaim"),
            align: "end",
            cell: (one) => (has.claim ? money(one.claim, !one.total) : <Nothing />),
            foot: money(summary.totals.claim),
          },
        ]}
      />
    </Card>
  );
}

function ToLedger({ comparison: { currency }, summary }: TotalsProps) {
  const { t } = useTranslation("reconciliation");
  const money = (minor: string | null, signed = false) =>
    minor === null ? <Nothing /> : <MoneyText money={{ minor, currency }} signed={signed} />;
  const { ledger } = summary;
  const tie = (["earnedHere", "earlier", "adjustments"] as const).map((id) => ({ id, minor: ledger[id] }));
  return (
    <Card title={t("toLedger")} flush>
      <PlainTable
        label={t("toLedger")}
        rows={tie}
        rowId={(one) => one.id}
        columns={[
          {
            id: "what",
            label: t("commission"),
            cell: (one) => t(`tie.${one.id}`),
            foot: (
              <>
                {t("tie.ledger")}{" "}
                <StatusBadge
                  state={ledger.ties ? "yes" : "no"}
                  label={t(ledger.ties ? "ties" : "tiesNot")}
                  tones={{ yes: "good", no: "bad" }}
                />
              </>
            ),
          },
          {
            id: "minor",
            label: t("amount"),
            align: "end",
            cell: (one) => money(one.minor, true),
            foot: money(ledger.ledger),
          },
        ]}
      />
      <p style={{ padding: "8px 14px", margin: 0 }}>
        {t("tie.later")}: {money(ledger.earnedLater, true)}
        {summary.claimedCommission === null ? null : (
          <>
            {" "}
            · {t("tie.claimed")}: {money(summary.claimedCommission)}
          </>
        )}
      </p>
    </Card>
  );
}
