import { Button, Stack } from "@mantine/core";
import type { ReplayedPartner, ReplayResult, SimulationDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { DayText } from "../kit/date-text.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage, type RecordTab } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { RunState } from "./run-state.tsx";
import { RUNNING, TONES } from "./states.ts";

/** A month under something else: sums, how the differences lie, and every partner's. Nothing of it is booked. */
export function WhatIfRecord() {
  const id = useParam("id");
  const [running, setRunning] = useState(true);
  const simulation = useRecord<SimulationDetail>(`/simulations/${id}`, {}, running ? { liveSeconds: 1 } : {});
  const waits = simulation.data !== undefined && RUNNING.has(simulation.data.status);
  // What is not there, or not for this person, will not come by asking again every second.
  if ((simulation.data !== undefined || simulation.isError) && running !== waits) setRunning(waits);
  return <Loaded query={simulation}>{(one) => <ReplayPage simulation={one} />}</Loaded>;
}

function ReplayPage({ simulation }: { readonly simulation: SimulationDetail }) {
  const { t } = useTranslation("dealdesk");
  const { input, result } = simulation;
  const replay = result?.kind === "replay" ? result : null;
  const tabs: RecordTab[] =
    replay === null
      ? [{ id: "state", label: t("tabs.state"), content: () => <RunState simulation={simulation} /> }]
      : [
          { id: "sums", label: t("tabs.sums"), content: () => <Sums replay={replay} /> },
          {
            id: "partners",
            label: t("partners"),
            count: replay.partners,
            content: () => <Partners id={simulation.id} />,
          },
        ];
  const facts =
    replay === null
      ? {}
      : {
          facts: [
            { label: t("month"), value: <DayText day={replay.month} /> },
            {
              label: t("program"),
              value: <NameText id={simulation.programId} to={`/programs/${simulation.programId}`} />,
            },
            { label: t("changed"), value: input.kind === "replay" ? t(`change.${input.change.kind}`) : "–" },
            { label: t("partnersChanged"), value: `${replay.changed} / ${replay.partners}` },
            ...(replay.customersMoved === null ? [] : [{ label: t("customersMoved"), value: replay.customersMoved }]),
          ],
        };
  return (
    <RecordPage
      title={simulation.name}
      parent={{ label: t("whatIf"), to: "/what-if" }}
      badge={<StatusBadge state={simulation.status} label={t(`state.${simulation.status}`)} tones={TONES} />}
      actions={
        replay === null ? undefined : (
          <Button component="a" variant="default" href={`/v1/simulations/${simulation.id}/partners?format=csv`}>
            {t("export")}
          </Button>
        )
      }
      {...facts}
      tabs={tabs}
    />
  );
}

function Sums({ replay }: { readonly replay: ReplayResult }) {
  const { t } = useTranslation("dealdesk");
  const format = useFormat();
  const word = (text: string | null, otherwise: string) => (text === null ? otherwise : format.number(Number(text)));
  const money = (minor: string, currency: string) => <MoneyText money={{ minor, currency }} signed />;
  return (
    <>
      <Stack gap={8} mb={16}>
        <NoteLine tone="info">{t("nothingBooked")}</NoteLine>
        {replay.problems.length === 0 ? null : (
          <NoteLine tone="warn">{t("notCalculated", { count: replay.problems.length })}</NoteLine>
        )}
      </Stack>
      <Card title={t("tabs.sums")} flush>
        <PlainTable
          label={t("tabs.sums")}
          rows={replay.totals}
          rowId={(row) => row.currency}
          empty={<p style={{ padding: 14, margin: 0 }}>{t("nothingThere")}</p>}
          columns={[
            { id: "currency", label: t("currency"), cell: (row) => row.currency },
            { id: "booked", label: t("booked"), align: "end", cell: (row) => money(row.booked, row.currency) },
            { id: "replayed", label: t("replayed"), align: "end", cell: (row) => money(row.replayed, row.currency) },
            {
              id: "difference",
              label: t("difference"),
              align: "end",
              cell: (row) => money(row.difference, row.currency),
            },
          ]}
        />
      </Card>
      <Card title={t("spread")}>
        <Chart
          label={t("spread")}
          categoryLabel={t("difference")}
          categories={replay.spread.map(({ from, to }) =>
            from === "0" && to === "0" ? "0" : `${word(from, "−∞")} … ${word(to, "∞")}`,
          )}
          series={[{ name: t("partners"), kind: "bar", values: replay.spread.map((one) => one.partners) }]}
        />
      </Card>
      {replay.problems.length === 0 ? null : (
        <Card title={t("problems")} flush>
          <PlainTable
            label={t("problems")}
            rows={replay.problems}
            rowId={(row) => row.partnerId}
            columns={[
              {
                id: "partner",
                label: t("partner"),
                cell: (row) => <NameText id={row.partnerId} to={`/partners/${row.partnerId}`} />,
              },
              { id: "message", label: t("why"), cell: (row) => row.message },
            ]}
          />
        </Card>
      )}
    </>
  );
}

function Partners({ id }: { readonly id: string }) {
  const { t } = useTranslation("dealdesk");
  return (
    <ListPanel<ReplayedPartner>
      embedded
      name="replayed-partners"
      title={t("partners")}
      resource={`/simulations/${id}/partners`}
      rowId={(row) => `${row.partnerId} ${row.currency}`}
      columns={[
        {
          id: "partner",
          label: t("partner"),
          cell: (row) => <Go to={`/partners/${row.partnerId}`}>{row.partnerName}</Go>,
          text: (row) => row.partnerName,
          phone: "title",
        },
        {
          id: "booked",
          label: t("booked"),
          cell: (row) => <MoneyText money={row.booked} display="code" />,
          text: (row) => plainAmount(row.booked),
          align: "end",
          width: 170,
        },
        {
          id: "replayed",
          label: t("replayed"),
          cell: (row) => <MoneyText money={row.replayed} display="code" />,
          text: (row) => plainAmount(row.replayed),
          align: "end",
          width: 170,
          phone: "line",
        },
        {
          id: "difference",
          label: t("difference"),
          cell: (row) => <MoneyText money={row.difference} display="code" signed />,
          text: (row) => plainAmount(row.difference),
          align: "end",
          width: 170,
          phone: "value",
        },
      ]}
      empty={{ title: t("nothingThere") }}
    />
  );
}
