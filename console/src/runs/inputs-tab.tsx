import type { RunDetail, RunSnapshot } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText, DayText } from "../kit/date-text.tsx";
import { NumberText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

/** What the figures were made of when the run was frozen, and what has come since. */
export function InputsTab({ run }: { readonly run: RunDetail }) {
  const snapshot = useRecord<RunSnapshot>(`/runs/${run.id}/snapshot`);
  return <Loaded query={snapshot}>{(one) => <Inputs snapshot={one} />}</Loaded>;
}

function Inputs({ snapshot }: { readonly snapshot: RunSnapshot }) {
  const { t } = useTranslation("runs");
  return (
    <Board
      main={<FeedsCard snapshot={snapshot} />}
      side={
        <>
          <Card title={t("snapshot")}>
            <Properties
              items={[
                [t("takenAt"), <DateText key="at" at={snapshot.takenAt} />],
                [t("fingerprint"), <CopyText key="hash" text={snapshot.hash} />],
                [t("partners"), <NumberText key="partners" value={snapshot.partners} />],
                [t("openCorrections"), <NumberText key="open" value={snapshot.corrections.adjustmentsOpen} />],
                [t("monthsWaiting"), <NumberText key="waiting" value={snapshot.corrections.monthsWaiting} />],
                [t("planVersions"), <NumberText key="plans" value={snapshot.plans.length} />],
                ...snapshot.rates.map(
                  (one) =>
                    [
                      t("ratesOf", { source: one.source.toUpperCase() }),
                      <DayText key={one.source} day={one.lastDay} />,
                    ] as const,
                ),
              ]}
            />
          </Card>
          <SilentCard snapshot={snapshot} />
        </>
      }
    />
  );
}

/** Control totals per feed, summed over its days; days that moved since stand out beneath. */
function FeedsCard({ snapshot }: { readonly snapshot: RunSnapshot }) {
  const { t } = useTranslation("runs");
  const feeds = [...Map.groupBy(snapshot.feeds, (one) => `${one.programId} ${one.sourceId}`)].map(([id, days]) => ({
    id,
    programId: days[0]?.programId ?? "",
    sourceId: days[0]?.sourceId ?? "",
    days: days.length,
    events: days.reduce((sum, one) => sum + one.events, 0),
    late: days.reduce((sum, one) => sum + one.late, 0),
    last:
      days
        .map((one) => one.lastReceivedAt)
        .sort()
        .at(-1) ?? null,
  }));
  const late = snapshot.feeds.filter((one) => one.late !== 0).slice(0, 60);
  return (
    <>
      <Card title={t("feeds")} flush>
        <PlainTable
          dense
          label={t("feeds")}
          rows={feeds}
          rowId={(feed) => feed.id}
          empty={
            <p style={{ padding: "10px 14px", margin: 0, color: "var(--mantine-color-dimmed)" }}>{t("noFeeds")}</p>
          }
          columns={[
            { id: "source", label: t("feed"), cell: (feed) => <NameText id={feed.sourceId} /> },
            { id: "program", label: t("programColumn"), cell: (feed) => <NameText id={feed.programId} /> },
            { id: "days", label: t("days"), align: "end", cell: (feed) => <NumberText value={feed.days} /> },
            { id: "events", label: t("events"), align: "end", cell: (feed) => <NumberText value={feed.events} /> },
            { id: "late", label: t("late"), align: "end", cell: (feed) => <NumberText value={feed.late} /> },
            { id: "last", label: t("lastReceived"), align: "end", cell: (feed) => <DateText at={feed.last} /> },
          ]}
        />
      </Card>
      {late.length === 0 ? null : (
        <Card title={t("lateDays")} flush>
          <PlainTable
            dense
            label={t("lateDays")}
            rows={late}
            rowId={(one) => `${one.programId} ${one.sourceId} ${one.day}`}
            columns={[
              { id: "day", label: t("day"), cell: (one) => <DayText day={one.day} /> },
              { id: "source", label: t("feed"), cell: (one) => <NameText id={one.sourceId} /> },
              { id: "events", label: t("events"), align: "end", cell: (one) => <NumberText value={one.events} /> },
              { id: "late", label: t("late"), align: "end", cell: (one) => <NumberText value={one.late} /> },
              {
                id: "last",
                label: t("lastReceived"),
                align: "end",
                cell: (one) => <DateText at={one.lastReceivedAt} />,
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}

function SilentCard({ snapshot }: { readonly snapshot: RunSnapshot }) {
  const { t } = useTranslation("runs");
  if (snapshot.silent.length === 0) return null;
  return (
    <Card title={t("silent")} flush>
      <PlainTable
        label={t("silent")}
        rows={snapshot.silent.slice(0, 30)}
        rowId={(one) => `${one.programId} ${one.sourceId} ${one.day}`}
        columns={[
          { id: "source", label: t("feed"), cell: (one) => <NameText id={one.sourceId} /> },
          { id: "day", label: t("day"), align: "end", cell: (one) => <DayText day={one.day} /> },
        ]}
      />
    </Card>
  );
}
